//! Bodies in a plane, and the three of them that chase each other along a figure eight.

use backprop::Differentiable;

/// A vector of the plane.
#[derive(Clone, Copy, Debug, PartialEq, Differentiable)]
pub struct Vec2 {
    pub x: f64,
    pub y: f64,
}

/// A point that has a mass. Units are chosen so that the constant of gravitation is 1.
#[derive(Clone, Debug, PartialEq, Differentiable)]
pub struct Body {
    pub at: Vec2,
    pub velocity: Vec2,
    pub mass: f64,
}

/// The time that each body of the figure eight takes to come round.
pub const PERIOD: f64 = 6.325_913_98;

/// Three equal masses on one closed path, a figure eight. The numbers are those of Carles Simó in A. Chenciner and
/// R. Montgomery, "A remarkable periodic solution of the three-body problem in the case of equal masses", Annals of
/// Mathematics 152 (2000), pages 881–901.
pub fn figure_eight() -> Vec<Body> {
    let at = Vec2 { x: 0.970_004_36, y: -0.243_087_53 };
    let velocity = Vec2 { x: -0.932_407_37, y: -0.864_731_46 };
    let half_back = Vec2 { x: -velocity.x / 2.0, y: -velocity.y / 2.0 };
    vec![
        Body { at, velocity: half_back, mass: 1.0 },
        Body { at: Vec2 { x: -at.x, y: -at.y }, velocity: half_back, mass: 1.0 },
        Body { at: Vec2 { x: 0.0, y: 0.0 }, velocity, mass: 1.0 },
    ]
}

/// The same bodies, the first of them two per cent too fast.
pub fn hurried(mut bodies: Vec<Body>) -> Vec<Body> {
    bodies[0].velocity.x *= 1.02;
    bodies[0].velocity.y *= 1.02;
    bodies
}
