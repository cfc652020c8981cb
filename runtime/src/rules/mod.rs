//! Derivatives that need more than a line, and what is taken for one where there is none.
//!
//! Each is a function of the operands of an operation, sometimes of its result, that gives the factor by which the
//! adjoint flows back. The conventions and their reasons are told in `docs/rules.md`.

mod plane;
mod powers;
mod selection;

pub use plane::{atan2_dx, atan2_dy, hypot_slope};
pub use powers::{ln, powf_base, powf_exponent, powi_base};
pub use selection::{abs_slope, clamp_is_inside, copysign_slope, max_is_receiver, min_is_receiver};
