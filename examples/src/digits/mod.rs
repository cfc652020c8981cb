//! A network that learns to read handwritten digits, its gradient written by `#[backprop]`.
//!
//! | module | what it holds |
//! | --- | --- |
//! | [`data`] | the images and what they show |
//! | [`network`] | the loss: plain loops over slices, the only differentiated code |
//! | [`weights`] | the numbers to be learned |
//! | [`training`] | mini-batch gradient descent with momentum |
//! | [`report`] | what the network gets right, and what it takes for what |
//! | [`evidence`] | the gradient held against numerical derivatives, in value and in time |

pub mod data;
pub mod evidence;
pub mod network;
pub mod report;
pub mod training;
pub mod weights;
