//! Runs a program on dual numbers: its value, its derivative by every input, and how far the nearest kink is.
//!
//! This is the reference that generated gradients are held to, so it knows nothing of how they are made: it walks the
//! tree forwards, keeps every variable in a slot of its own, and reads a reference as a slot and a path into it.

use std::collections::HashMap;

use super::dual::Dual;
use super::tree::{Program, Tree, Var};

#[derive(Clone, Debug)]
pub enum Value {
    Float(Dual),
    Int(u64),
    Bool(bool),
    /// A tuple, a struct, an array, a `Vec`; without parts, `()`.
    List(Vec<Value>),
    /// Which variant of an enum, and what it holds.
    Variant(usize, Vec<Value>),
    Pointer(Pointer),
}

/// A place: a slot, and the way from there.
#[derive(Clone, Debug)]
pub struct Pointer {
    pub slot: usize,
    pub path: Vec<Step>,
}

#[derive(Clone, Debug)]
pub enum Step {
    /// A field or an element.
    Part(usize),
    /// The elements from one on, so many.
    Range(usize, usize),
}

/// Why an evaluation ends before its end.
#[derive(Debug)]
pub enum Exit {
    Break(usize, Value),
    Continue(usize),
    Return(Value),
    /// The program cannot be judged at this point, and why.
    Reject(&'static str),
}

/// A start and a length among the elements, or all of them.
type Span = Option<(usize, usize)>;

/// A shrunk program may have lost an exit, and then a branch without a value is asked for one.
pub const ILL_TYPED: Exit = Exit::Reject("it is not well typed");

pub type Flow = Result<Value, Exit>;

const FUEL: usize = 20_000;

/// Beyond this, rounding alone moves derivatives by more than the comparison allows.
const LARGEST: f64 = 1e4;

/// Nearer to a kink than this the primal itself is decided by rounding.
const NEAREST: f64 = 1e-7;

pub struct Machine<'a> {
    pub program: &'a Program,
    slots: Vec<Value>,
    bound: HashMap<usize, usize>,
    fuel: usize,
    /// How far central differences move each input.
    reach: Vec<f64>,
    /// The distance of the nearest kink, in moves of central differences.
    pub nearest_kink: f64,
    /// Whether `stop_gradient` cut something, which differences do not see.
    pub is_cut: bool,
}

impl<'a> Machine<'a> {
    pub fn new(program: &'a Program, inputs: &[f64]) -> Self {
        let reach = inputs.iter().map(|x| 0.02 * x.abs().max(0.1)).collect();
        Self {
            program,
            slots: Vec::new(),
            bound: HashMap::new(),
            fuel: FUEL,
            reach,
            nearest_kink: f64::INFINITY,
            is_cut: false,
        }
    }

    pub fn eval(&mut self, tree: &Tree) -> Flow {
        self.fuel -= 1;
        if self.fuel == 0 {
            return Err(Exit::Reject("it runs too long"));
        }
        let value = (tree.rule.eval)(tree, self)?;
        if let Value::Float(dual) = &value {
            if !dual.is_finite() {
                return Err(Exit::Reject("a number is not finite"));
            }
            if dual.magnitude() > LARGEST {
                return Err(Exit::Reject("a number is too large"));
            }
        }
        Ok(value)
    }

    pub fn float(&mut self, tree: &Tree) -> Result<Dual, Exit> {
        match self.eval(tree)? {
            Value::Float(dual) => Ok(dual),
            _ => Err(ILL_TYPED),
        }
    }

    pub fn int(&mut self, tree: &Tree) -> Result<u64, Exit> {
        match self.eval(tree)? {
            Value::Int(int) if int > 1 << 30 => Err(Exit::Reject("an integer is too large")),
            Value::Int(int) => Ok(int),
            _ => Err(ILL_TYPED),
        }
    }

    pub fn index(&mut self, tree: &Tree) -> Result<usize, Exit> {
        Ok(self.int(tree)? as usize)
    }

    pub fn bool(&mut self, tree: &Tree) -> Result<bool, Exit> {
        match self.eval(tree)? {
            Value::Bool(flag) => Ok(flag),
            _ => Err(ILL_TYPED),
        }
    }

    pub fn place(&mut self, tree: &Tree) -> Result<Pointer, Exit> {
        match self.eval(tree)? {
            Value::Pointer(pointer) => Ok(pointer),
            _ => Err(ILL_TYPED),
        }
    }

    /// A variable comes to life.
    pub fn bind(&mut self, var: &Var, value: Value) {
        let slot = self.new_slot(value);
        self.bound.insert(var.id, slot);
    }

    pub fn new_slot(&mut self, value: Value) -> usize {
        self.slots.push(value);
        self.slots.len() - 1
    }

    /// The place that a variable is, or that it refers to.
    pub fn place_of(&self, var: &Var) -> Result<Pointer, Exit> {
        // A shrunk program may have lost the value of a `let x;`.
        let slot = *self.bound.get(&var.id).ok_or(Exit::Reject("a variable has no value"))?;
        match &self.slots[slot] {
            Value::Pointer(pointer) => Ok(pointer.clone()),
            _ => Ok(Pointer { slot, path: Vec::new() }),
        }
    }

    pub fn load(&mut self, pointer: &Pointer) -> Flow {
        let (value, range) = self.walk(pointer)?;
        let value = match range {
            Some((start, length)) => Value::List(value.parts()[start..start + length].to_vec()),
            None => value.clone(),
        };
        Ok(value)
    }

    pub fn store(&mut self, pointer: &Pointer, new: Value) -> Result<(), Exit> {
        let (value, range) = self.walk(pointer)?;
        match range {
            Some((start, length)) => {
                let Value::List(new) = new else { return Err(ILL_TYPED) };
                if new.len() != length {
                    return Err(Exit::Reject("lengths differ"));
                }
                value.parts_mut()[start..start + length].clone_from_slice(&new);
            }
            None => *value = new,
        }
        Ok(())
    }

    pub fn length(&mut self, pointer: &Pointer) -> Result<usize, Exit> {
        let (value, range) = self.walk(pointer)?;
        Ok(range.map_or_else(|| value.parts().len(), |(_, length)| length))
    }

    /// The value at a place, and of which of its elements the place consists if not of all.
    fn walk(&mut self, pointer: &Pointer) -> Result<(&mut Value, Span), Exit> {
        let mut value = &mut self.slots[pointer.slot];
        let mut range: Span = None;
        for step in &pointer.path {
            let (start, length) = range.unwrap_or((0, value.parts().len()));
            match *step {
                Step::Part(i) if i < length => {
                    value = &mut value.parts_mut()[start + i];
                    range = None;
                }
                Step::Range(from, count) if from + count <= length => range = Some((start + from, count)),
                _ => return Err(Exit::Reject("an index is out of bounds")),
            }
        }
        Ok((value, range))
    }

    /// Somewhere at `difference == 0` the program decides otherwise, or has a kink.
    pub fn kink(&mut self, difference: &Dual) -> Result<(), Exit> {
        let moves: f64 = self.reach.iter().enumerate().map(|(i, reach)| reach * difference.partial(i).abs()).sum();
        if moves == 0.0 {
            return Ok(());
        }
        if difference.value.abs() < NEAREST {
            return Err(Exit::Reject("a kink is too near"));
        }
        self.nearest_kink = self.nearest_kink.min(difference.value.abs() / moves);
        Ok(())
    }
}

impl Value {
    pub const UNIT: Self = Self::List(Vec::new());
    pub const NONE: Self = Self::Variant(0, Vec::new());

    pub fn some(payload: Self) -> Self {
        Self::Variant(1, vec![payload])
    }

    /// What is in a `Some`.
    pub fn payload(self) -> Result<Option<Self>, Exit> {
        match self {
            Self::Variant(_, mut parts) => Ok(parts.pop()),
            _ => Err(ILL_TYPED),
        }
    }

    pub fn parts(&self) -> &[Self] {
        match self {
            Self::List(parts) | Self::Variant(_, parts) => parts,
            _ => &[],
        }
    }

    fn parts_mut(&mut self) -> &mut [Self] {
        match self {
            Self::List(parts) | Self::Variant(_, parts) => parts,
            _ => &mut [],
        }
    }

    /// The floats in it, in order.
    pub fn floats(&self, floats: &mut Vec<Dual>) {
        match self {
            Self::Float(dual) => floats.push(dual.clone()),
            Self::List(parts) | Self::Variant(_, parts) => parts.iter().for_each(|part| part.floats(floats)),
            Self::Int(_) | Self::Bool(_) | Self::Pointer(_) => {}
        }
    }
}
