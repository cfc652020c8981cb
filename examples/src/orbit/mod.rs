//! Three bodies on a figure eight, their flight differentiated by where it begins and by their masses.
//!
//! | module | what it holds |
//! | --- | --- |
//! | [`bodies`] | what moves, and where the figure eight begins |
//! | [`motion`] | energy, Newton's law, and a flight in steps that choose their length: the differentiated code |
//! | [`evidence`] | the derivatives held against numerical ones, and against what flight conserves |
//! | [`aiming`] | the way back to the figure eight, downhill |

pub mod aiming;
pub mod bodies;
pub mod evidence;
pub mod motion;
