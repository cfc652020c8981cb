use backprop::Differentiable;

#[derive(Clone, Copy, Debug, Differentiable)]
pub struct Spot {
    pub x: f64,
    pub y: f64,
}

#[derive(Clone, Copy, Debug, Differentiable)]
pub struct Ball {
    pub at: Spot,
    pub mass: f64,
    pub id: usize,
}

#[derive(Clone, Copy, Debug, Differentiable)]
pub struct Mark(pub f64, pub [f64; 2]);

#[derive(Clone, Debug, Differentiable)]
pub struct Series {
    pub values: Vec<f64>,
    pub scale: f64,
}

#[derive(Clone, Copy, Debug, Differentiable)]
pub enum Form {
    Dot,
    Round(f64),
    Wide { w: f64, h: f64 },
    Framed(Spot, f64),
}
