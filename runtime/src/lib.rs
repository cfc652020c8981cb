//! Gradients of ordinary Rust functions, written at compile time.
//!
//! The attribute [`macro@backprop`] leaves a function as it is and adds its reverse-mode derivative beside it:
//!
//! ```
//! use backprop::backprop;
//!
//! #[backprop]
//! fn mean_squared_error(w: &[f64], b: f64, #[constant] x: &[f64], #[constant] y: &[f64]) -> f64 {
//!     let mut total = 0.0;
//!     for i in 0..y.len() {
//!         let mut error = b - y[i];
//!         for j in 0..w.len() {
//!             error += w[j] * x[i * w.len() + j];
//!         }
//!         total += error * error;
//!     }
//!     total / y.len() as f64
//! }
//!
//! // Three points on the plane y = 2 + x₀ - x₁.
//! let (x, y) = ([0.0, 0.0, 1.0, 0.0, 2.0, 1.0], [2.0, 3.0, 3.0]);
//! let (mut w, mut b) = (vec![0.0, 0.0], 0.0);
//! for _ in 0..2000 {
//!     let (w_bar, b_bar) = mean_squared_error::grad(&w, b, &x, &y);
//!     for j in 0..2 {
//!         w[j] -= 0.2 * w_bar[j];
//!     }
//!     b -= 0.2 * b_bar;
//! }
//! assert!(mean_squared_error(&w, b, &x, &y) < 1e-20);
//! ```
//!
//! What the macro makes is Rust that a person can read: `cargo expand` shows it, and `BACKPROP_DUMP=name cargo build`
//! prints the function `name` through the phases that lead there. What it cannot differentiate is an error at compile
//! time; it never gives a zero in silence. The Rust that it accepts is listed in `docs/subset.md` of the repository:
//! floats, tuples, arrays, slices, `Vec`, `Option`, structs and enums, changes in place, all control flow, iterator chains,
//! closures, calls of other annotated functions, and everything where no derivative passes through.
//!
//! The attribute's own page has the details. The rest of this crate is what signatures of generated functions speak of:
//!
//! * [`Differentiable`]: what has a gradient, and of which type it is;
//! * [`Gradient`]: what can be done with one, whatever its shape;
//! * [`Scalar`]: `f32` and `f64`;
//! * [`stop_gradient`]: counts a value as constant;
//! * [`check`]: holds a gradient to the numerical derivative.
//!
//! A gradient has the shape of its value, with a number in place of each number:
//!
//! ```
//! use backprop::{Differentiable, Gradient};
//!
//! let model = (vec![[1.0_f64, 2.0], [3.0, 4.0]], 0.5_f64);
//! let mut gradient = model.zero_gradient();
//! assert_eq!(gradient, (vec![[0.0, 0.0], [0.0, 0.0]], 0.0));
//!
//! gradient.accumulate(&(vec![[0.0, 0.25], [0.0, 0.0]], 1.0));
//! gradient.scale(2.0);
//! assert_eq!(gradient, (vec![[0.0, 0.5], [0.0, 0.0]], 2.0));
//! ```

#![warn(missing_docs)]

mod cut;
mod differentiable;
mod edits;
mod gradient;
mod rules;
mod scalar;
mod tape;

pub mod check;
pub mod components;

#[doc(hidden)]
#[path = "private.rs"]
pub mod __private;

/// Differentiates a function: leaves it as it is, and adds a type of its name whose functions are its derivatives.
///
/// ```
/// use backprop::backprop;
///
/// #[backprop]
/// fn area(radius: f64, height: f64) -> f64 {
///     2.0 * std::f64::consts::PI * radius * (radius + height)
/// }
///
/// let (value, (by_radius, by_height)) = area::value_and_grad(1.0, 2.0);
/// assert_eq!(value, area(1.0, 2.0));
/// assert!((by_radius - 8.0 * std::f64::consts::PI).abs() < 1e-12);
/// assert!((by_height - 2.0 * std::f64::consts::PI).abs() < 1e-12);
/// ```
///
/// The type is as visible as the function, and a `use` of the name brings both. Attributes and documentation of the
/// function stay with it; `#[cfg]` goes to both.
///
/// # What is generated
///
/// `args` are the arguments of the function itself, and `G` is the gradient: the derivatives by the differentiable
/// parameters, in order. It is bare if there is one, and a tuple if there are several. Each derivative has the shape of
/// its parameter ([`Differentiable::Gradient`]): an `f64` for an `f64`, a `Vec<f64>` for a `Vec<f64>`, for a `&[f64]`
/// and for a `&mut [f64]`, an `[f64; 3]` for an `[f64; 3]`, a tuple for a tuple.
///
/// | function | returns | is there if |
/// | --- | --- | --- |
/// | `f::grad(args)` | `G` | the result is one float |
/// | `f::value_and_grad(args)` | `(R, G)` | the result is one float |
/// | `f::value_and_grad_into(args, buffers)` | `R`, and adds the derivatives to the buffers | the result is one float, or `()` |
/// | `f::vjp(args)` | `(R, pullback)`, where `pullback(seed)` is `G` | always |
///
/// Each runs the function once forwards and once backwards; a pullback goes backwards only.
///
/// ## `value_and_grad_into`
///
/// It takes a `&mut` buffer for each differentiable parameter and *adds* to what it holds: sums over many calls need no
/// further memory, and parts of one long buffer may be passed. What it allocates itself is for the tapes of loops, the
/// adjoints of local `Vec`s and copies of arrays that are overwritten; where there are none of these, nothing.
///
/// ```
/// use backprop::backprop;
///
/// #[backprop]
/// fn dot(x: &[f64], y: &[f64]) -> f64 {
///     let mut sum = 0.0;
///     for i in 0..x.len() {
///         sum += x[i] * y[i];
///     }
///     sum
/// }
///
/// let mut gradient = vec![0.0; 4];
/// let (by_x, by_y) = gradient.split_at_mut(2);
/// dot::value_and_grad_into(&[1.0, 2.0], &[3.0, 4.0], by_x, by_y);
/// dot::value_and_grad_into(&[1.0, 1.0], &[0.0, 1.0], by_x, by_y);
/// assert_eq!(gradient, [3.0, 5.0, 2.0, 3.0]);
/// ```
///
/// ## `vjp`
///
/// The pullback takes the adjoint of the result, in the shape of the result, and gives the gradient of their product.
/// It can be called as often as wanted, which gives a Jacobian row by row, and be sent to another thread.
///
/// ```
/// use backprop::backprop;
///
/// #[backprop]
/// fn polar(x: f64, y: f64) -> (f64, f64) {
///     (x.hypot(y), y.atan2(x))
/// }
///
/// let ((radius, angle), pullback) = polar::vjp(0.0, 2.0);
/// assert_eq!((radius, angle), (2.0, std::f64::consts::FRAC_PI_2));
/// assert_eq!(pullback((1.0, 0.0)), (0.0, 1.0)); // the radius by x and y
/// assert_eq!(pullback((0.0, 1.0)), (-0.5, 0.0)); // the angle by x and y
/// ```
///
/// ## Parameters that are written to
///
/// A `&mut` parameter is an input and an output. After the call it holds what the function leaves there. In
/// `value_and_grad_into` its buffer holds, on entry, the adjoint of what the call leaves, and on exit that of what it
/// found. The pullback of `vjp` takes the former as an argument, after the seed, and returns the latter.
///
/// ```
/// use backprop::backprop;
///
/// #[backprop]
/// fn scale(v: &mut [f64], k: f64) {
///     for i in 0..v.len() {
///         v[i] *= k;
///     }
/// }
///
/// let mut v = [1.0, 2.0];
/// let ((), pullback) = scale::vjp(&mut v, 3.0);
/// assert_eq!(v, [3.0, 6.0]);
/// let (by_v, by_k) = pullback(vec![1.0, 1.0]);
/// assert_eq!((by_v, by_k), (vec![3.0, 3.0], 3.0));
///
/// let (mut v, mut v_grad, mut k_grad) = ([1.0, 2.0], [1.0, 1.0], 0.0);
/// scale::value_and_grad_into(&mut v, 3.0, &mut v_grad, &mut k_grad);
/// assert_eq!((v, v_grad, k_grad), ([3.0, 6.0], [3.0, 3.0], 3.0));
/// ```
///
/// # Calls
///
/// An annotated function may call others, in this module or elsewhere. Their derivatives are found by the same path. A
/// function without the attribute that is given an active value does not compile: it would have to be taken for
/// constant.
///
/// ```
/// use backprop::backprop;
///
/// mod activation {
///     use backprop::backprop;
///
///     #[backprop]
///     pub fn softplus(x: f64) -> f64 {
///         x.exp().ln_1p()
///     }
/// }
///
/// #[backprop]
/// fn total(x: &[f64]) -> f64 {
///     let mut sum = 0.0;
///     for v in x {
///         sum += activation::softplus(*v);
///     }
///     sum
/// }
///
/// assert_eq!(total::grad(&[0.0, 0.0]), [0.5, 0.5]);
/// ```
///
/// # What is constant
///
/// Integers, `bool`, `char` and strings are never differentiated. `#[constant]` on a parameter says the same of any
/// other, and `#[backprop(constant(a, b))]` of several; a constant parameter may be of any type. No code is generated
/// for its derivative, and `G` leaves it out. Within the body, [`stop_gradient`]`(e)` evaluates `e` as plain Rust and
/// counts its value as constant.
///
/// ```
/// use backprop::{backprop, stop_gradient};
///
/// struct Settings {
///     decay: f64,
/// }
///
/// #[backprop(constant(settings))]
/// fn penalty(w: &[f64], settings: &Settings) -> f64 {
///     let largest = stop_gradient(w.iter().fold(0.0, |a: f64, b| a.max(b.abs())));
///     let mut sum = 0.0;
///     for v in w {
///         sum += v * v / largest;
///     }
///     settings.decay * sum
/// }
///
/// assert_eq!(penalty::grad(&[1.0, -2.0], &Settings { decay: 0.5 }), [0.5, -1.0]);
/// ```
///
/// # Options
///
/// * `constant(a, b)`: these parameters are constant.
/// * `name = other`: the generated type is called `other`. It is needed where the function's name is already that of a
///   type or a module. A caller then gives both one name:
///
/// ```
/// mod loss {
///     use backprop::backprop;
///
///     #[backprop(name = loss_derivatives)]
///     pub fn loss(x: f64) -> f64 {
///         x * x
///     }
/// }
///
/// use backprop::backprop;
/// use loss::{loss as square, loss_derivatives as square};
///
/// #[backprop]
/// fn twice(x: f64) -> f64 {
///     2.0 * square(x)
/// }
///
/// assert_eq!(square::grad(3.0), 6.0);
/// assert_eq!(twice::grad(3.0), 12.0);
/// ```
///
/// # Points without a derivative
///
/// The branch that ran is differentiated. At kinks and steps there are conventions: `abs` has slope 0 at 0, `max` and
/// `min` give everything to the receiver at a tie, `floor` and its like are flat. Where a slope is infinite, the
/// derivative is infinite, but a value that influences nothing contributes nothing:
///
/// ```
/// use backprop::backprop;
///
/// #[backprop]
/// fn root_of_larger(x: f64, y: f64) -> f64 {
///     let (a, b) = (x.sqrt(), y.sqrt());
///     a.max(b)
/// }
///
/// assert_eq!(root_of_larger::grad(0.0, 4.0), (0.0, 0.25));
/// ```
///
/// An active float cast to an integer is an error; `x.floor() as usize` and `stop_gradient(x) as usize` are none. All
/// conventions are in `docs/rules.md` of the repository.
///
/// # Panics
///
/// Generated functions panic where the function itself does. `value_and_grad_into` panics before anything is written if
/// a buffer has another length than its parameter, and a pullback if its seed has another shape than what it is the
/// adjoint of.
///
/// ```should_panic
/// # use backprop::backprop;
/// # #[backprop]
/// # fn sum(x: &[f64]) -> f64 {
/// #     let mut sum = 0.0;
/// #     for v in x {
/// #         sum += v;
/// #     }
/// #     sum
/// # }
/// // sum::value_and_grad_into: the gradient buffer of `x` has length 3, but `x` has length 2
/// sum::value_and_grad_into(&[1.0, 2.0], &mut [0.0; 3]);
/// ```
///
/// # The crate's name
///
pub use backprop_derive::backprop;

/// Makes a gradient type for a struct or an enum, so that functions can be differentiated by it.
///
/// `Camera` gets `CameraGradient`, a struct with the same fields: each holds the derivative by the field of that name,
/// or `()` where a field cannot vary (integers, strings, and what is marked `#[constant]`). The gradient has `Clone`,
/// `Debug`, `PartialEq`, `+=`, the traits [`Gradient`] and [`Components`](components::Components), and `Default` where
/// all its parts are known to have one.
///
/// ```
/// use backprop::{Differentiable, backprop};
///
/// #[derive(Differentiable)]
/// struct Line {
///     slope: f64,
///     offset: f64,
///     label: String,
/// }
///
/// #[backprop]
/// fn at(line: &Line, #[constant] x: f64) -> f64 {
///     line.slope * x + line.offset
/// }
///
/// let line = Line { slope: 2.0, offset: 1.0, label: "a line".to_owned() };
/// let gradient = at::grad(&line, 3.0);
/// assert_eq!(gradient, LineGradient { slope: 3.0, offset: 1.0, label: () });
/// ```
///
/// Fields may be of any [`Differentiable`] type: other structs and enums, `Vec`, `Box` and `Option` of such, the type
/// itself behind a `Box` or a `Vec`. A reference must be `#[constant]`, and so must a type that has no gradient. A
/// generic type has a generic gradient, with those parameters that its varying fields use; each type parameter among
/// them has to be `Differentiable`. `PhantomData` is constant and asks nothing of its parameter. A type without fields,
/// as `enum Side { Left, Right }`, cannot vary: its gradient is `()`, and none is generated.
///
/// # Descending
///
/// A value and its gradient have the same floats in the same order. [`Components`](components::Components) lays them out
/// flat, for optimisers that know nothing of the struct:
///
/// ```
/// use backprop::components::Components;
/// use backprop::{Differentiable, backprop};
///
/// #[derive(Debug, Differentiable)]
/// struct Model {
///     weights: Vec<f64>,
///     offset: f64,
/// }
///
/// #[backprop]
/// fn loss(model: &Model, #[constant] points: &[([f64; 2], f64)]) -> f64 {
///     let mut sum = 0.0;
///     for i in 0..points.len() {
///         let mut error = model.offset - points[i].1;
///         for j in 0..model.weights.len() {
///             error += model.weights[j] * points[i].0[j];
///         }
///         sum += error * error;
///     }
///     sum
/// }
///
/// let points = [([0.0, 0.0], 2.0), ([1.0, 0.0], 3.0), ([2.0, 1.0], 3.0)];
/// let mut model = Model { weights: vec![0.0, 0.0], offset: 0.0 };
/// for _ in 0..2000 {
///     let gradient = loss::grad(&model, &points).to_flat();
///     let mut parameters = model.to_flat();
///     for (parameter, slope) in parameters.iter_mut().zip(&gradient) {
///         *parameter -= 0.07 * slope;
///     }
///     model.copy_from_flat(&parameters);
/// }
/// assert!(loss(&model, &points) < 1e-20, "{model:?}");
/// ```
///
/// # Enums
///
/// The gradient of an enum is an enum of the same variants, and that by a value is of the value's variant.
///
/// ```
/// use backprop::{Differentiable, Gradient};
///
/// #[derive(Differentiable)]
/// enum Shape {
///     Circle(f64),
///     Rect { w: f64, h: f64 },
///     Empty,
/// }
///
/// let mut gradient = Shape::Rect { w: 2.0, h: 3.0 }.zero_gradient();
/// gradient.accumulate(&ShapeGradient::Rect { w: 3.0, h: 2.0 });
/// assert_eq!(gradient, ShapeGradient::Rect { w: 3.0, h: 2.0 });
///
/// let mismatch = Shape::Circle(1.0).shape_mismatch(&gradient).unwrap();
/// assert_eq!(mismatch.to_string(), "the gradient is `Rect`, but the value is `Circle`");
/// ```
///
/// # Types that are their own gradients
///
/// A vector in the plane has a vector for its gradient, with the same operators. `#[differentiable(gradient = Self)]`
/// says so, and no other type is generated. Every field must be its own gradient as well: floats, arrays, `Vec`, tuples,
/// `Option` and `Box` of such, and other types with this attribute. The type must have `Clone`. Since it may have its own
/// `+=`, none is generated.
///
/// ```
/// use backprop::{Differentiable, backprop};
///
/// #[derive(Clone, Copy, Debug, PartialEq, Differentiable)]
/// #[differentiable(gradient = Self)]
/// struct Vec2 {
///     x: f64,
///     y: f64,
/// }
///
/// #[backprop]
/// fn energy(at: Vec2) -> f64 {
///     at.x * at.x + 3.0 * at.y
/// }
///
/// assert_eq!(energy::grad(Vec2 { x: 2.0, y: 1.0 }), Vec2 { x: 4.0, y: 3.0 });
/// ```
pub use backprop_derive::Differentiable;

pub use crate::cut::stop_gradient;
pub use crate::differentiable::{Differentiable, Shape, ShapeMismatch};
pub use crate::gradient::Gradient;
pub use crate::scalar::Scalar;
