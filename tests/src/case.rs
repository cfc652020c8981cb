//! One call of an annotated function, with everything that was generated for it behind closures over flat components.

use crate::numeric::{assert_close, gradient};

/// Which of the generated functions exist, by the result's kind.
#[allow(non_camel_case_types)]
#[derive(Clone, Copy, PartialEq)]
pub enum Pass {
    /// One float: all of them.
    scalar,
    /// `()`: `vjp` without a seed for the result, `value_and_grad_into`.
    unit,
    /// Tuples, arrays, vectors: `vjp` alone.
    other,
}

/// What a run left: the result, then what each `&mut` argument holds.
///
/// The text is by `Debug`, which tells any two floats apart that differ in a bit (but not one NaN from another, whose
/// bits Rust does not promise).
pub struct Outputs {
    pub components: Vec<f64>,
    pub text: String,
}

/// What gradients are held to.
#[derive(Clone, Copy)]
pub enum Reference<'a> {
    /// Central differences, within a tolerance.
    Differences(f64),
    /// The values and derivatives that some other program found.
    Known(&'a Known),
}

/// The outputs at the point of the call, and of each its derivatives by all inputs.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Known {
    pub outputs: Vec<f64>,
    pub jacobian: Vec<Vec<f64>>,
}

impl From<f64> for Reference<'_> {
    fn from(tolerance: f64) -> Self {
        Self::Differences(tolerance)
    }
}

type Run<'a, R> = &'a dyn Fn(&[f64]) -> R;
type RunWith<'a, W, R> = &'a dyn Fn(&[f64], &[W]) -> R;

pub struct Case<'a> {
    pub name: &'static str,
    pub reference: Reference<'a>,
    /// The components of the differentiated arguments, in order.
    pub inputs: Vec<f64>,
    /// Which of them stand behind `&mut`.
    pub exclusive: Vec<bool>,
    pub plain: Run<'a, Outputs>,
    pub grad: Run<'a, Vec<f64>>,
    pub value_and_grad: Run<'a, (Outputs, Vec<f64>)>,
    /// With what the buffers hold on entry.
    pub value_and_grad_into: RunWith<'a, f64, (Outputs, Vec<f64>)>,
    /// With a seed for each call of the pullback.
    pub vjp: RunWith<'a, Vec<f64>, (Outputs, Vec<Vec<f64>>)>,
}

/// Two evaluations of one derivative may round differently, but no more than that.
const ROUNDING: f64 = 1e-11;

/// Two programs for one function may round differently in every step.
const KNOWN_VALUE: f64 = 1e-12;
const KNOWN_SLOPE: f64 = 1e-9;

impl Case<'_> {
    #[track_caller]
    pub fn check(&self, pass: Pass) {
        let plain = (self.plain)(&self.inputs);
        if let Reference::Known(known) = self.reference {
            assert_close(&format!("{}: the value", self.name), &plain.components, &known.outputs, KNOWN_VALUE);
        }
        self.check_vjp(&plain);
        if pass == Pass::scalar {
            self.check_grad(&plain);
        }
        if pass != Pass::other {
            self.check_into(&plain, pass);
        }
    }

    /// `grad` and `value_and_grad`: seed one for the result and zero for what is left in `&mut` arguments.
    #[track_caller]
    fn check_grad(&self, plain: &Outputs) {
        let mut seed = vec![0.0; plain.components.len()];
        seed[0] = 1.0;
        let expected = self.expected(&seed);

        let (outputs, gradient) = (self.value_and_grad)(&self.inputs);
        assert_eq!(outputs.text, plain.text, "{}::value_and_grad: the value", self.name);
        assert_close(&self.label("value_and_grad"), &gradient, &expected, self.tolerance());

        let alone = (self.grad)(&self.inputs);
        assert_close(&self.label("grad"), &alone, &gradient, ROUNDING);
    }

    /// `vjp`: one pullback, called with three seeds and with the first of them again.
    #[track_caller]
    fn check_vjp(&self, plain: &Outputs) {
        let count = plain.components.len();
        let zero = vec![0.0; count];
        let seeds = [uneven(count, 0.7), uneven(count, -1.9), zero, uneven(count, 0.7)];
        let (outputs, gradients) = (self.vjp)(&self.inputs, &seeds);
        assert_eq!(outputs.text, plain.text, "{}::vjp: the value", self.name);

        let label = self.label("pullback");
        assert_close(&label, &gradients[0], &self.expected(&seeds[0]), self.tolerance());
        if let Reference::Differences(_) = self.reference {
            self.check_by_runtime(&seeds[0], &gradients[0]);
        }
        assert_close(&label, &gradients[1], &self.expected(&seeds[1]), self.tolerance());
        assert_close(&format!("{label} of a zero seed"), &gradients[2], &vec![0.0; self.inputs.len()], 0.0);
        assert_eq!(gradients[0], gradients[3], "{label}: called again with the same seed");
    }

    /// `value_and_grad_into`: buffers that hold something on entry.
    ///
    /// The buffer of a `&mut` argument holds the adjoint of what the call leaves and is exchanged for that of what
    /// came in; to every other the gradient is added.
    #[track_caller]
    fn check_into(&self, plain: &Outputs, pass: Pass) {
        let entry = uneven(self.inputs.len(), 1.3);
        let results = usize::from(pass == Pass::scalar);
        let mut seed = vec![1.0; results];
        seed.extend(entry.iter().zip(&self.exclusive).filter(|(_, exclusive)| **exclusive).map(|(bar, _)| bar));
        let mut expected = self.expected(&seed);
        for (i, bar) in expected.iter_mut().enumerate() {
            if !self.exclusive[i] {
                *bar += entry[i];
            }
        }

        let (outputs, buffers) = (self.value_and_grad_into)(&self.inputs, &entry);
        assert_eq!(outputs.text, plain.text, "{}::value_and_grad_into: the value", self.name);
        assert_close(&self.label("value_and_grad_into"), &buffers, &expected, self.tolerance());
    }

    fn tolerance(&self) -> f64 {
        match self.reference {
            Reference::Differences(tolerance) => tolerance,
            Reference::Known(_) => KNOWN_SLOPE,
        }
    }

    /// The gradient of the outputs, weighted by `seed`.
    #[track_caller]
    fn expected(&self, seed: &[f64]) -> Vec<f64> {
        match self.reference {
            Reference::Differences(tolerance) => self.numeric(seed, tolerance),
            Reference::Known(known) => {
                let by = |i| known.jacobian.iter().zip(seed).map(|(row, bar): (&Vec<f64>, _)| row[i] * bar).sum();
                (0..self.inputs.len()).map(by).collect()
            }
        }
    }

    /// The same by central differences.
    #[track_caller]
    fn numeric(&self, seed: &[f64], tolerance: f64) -> Vec<f64> {
        let weighted = |inputs: &[f64]| {
            let outputs = (self.plain)(inputs).components;
            assert_eq!(outputs.len(), seed.len(), "{}: an adjoint for each output", self.name);
            outputs.iter().zip(seed).map(|(output, bar)| output * bar).sum()
        };
        let slopes = gradient(weighted, &self.inputs);
        for (i, (slope, error)) in slopes.iter().enumerate() {
            assert!(
                *error <= tolerance * slope.abs().max(1.0),
                "{}: central differences are no reference for component {i} here: {slope} ± {error:e}",
                self.name,
            );
        }
        slopes.into_iter().map(|(slope, _)| slope).collect()
    }

    /// The same once more by the check that users have.
    #[track_caller]
    fn check_by_runtime(&self, seed: &[f64], gradient: &Vec<f64>) {
        let weighted = |inputs: &Vec<f64>| -> f64 {
            (self.plain)(inputs).components.iter().zip(seed).map(|(output, bar)| output * bar).sum()
        };
        let report = backprop::check::gradient(weighted, self.inputs.clone(), gradient);
        assert!(report.is_ok(), "{}: the runtime's check finds otherwise\n{report}", self.name);
    }

    fn label(&self, function: &str) -> String {
        format!("{}::{function} at {:?}", self.name, self.inputs)
    }
}

/// Adjoints of which no two are alike and none is zero.
fn uneven(count: usize, first: f64) -> Vec<f64> {
    (0..count).map(|i| first * (1.0 + 0.37 * i as f64 % 1.7)).collect()
}
