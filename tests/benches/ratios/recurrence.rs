//! A loop whose state goes from trip to trip: a damped pendulum by Runge and Kutta's method of fourth order.

use backprop::backprop;

use crate::harness::Case;

/// Where the pendulum is after so many steps, squared.
#[backprop]
fn pendulum(angle: f64, speed: f64, gravity: f64, damping: f64, steps: usize) -> f64 {
    let h = 0.01;
    let mut x = angle;
    let mut v = speed;
    for _ in 0..steps {
        let a1 = -gravity * x.sin() - damping * v;
        let v2 = v + 0.5 * h * a1;
        let a2 = -gravity * (x + 0.5 * h * v).sin() - damping * v2;
        let v3 = v + 0.5 * h * a2;
        let a3 = -gravity * (x + 0.5 * h * v2).sin() - damping * v3;
        let v4 = v + h * a3;
        let a4 = -gravity * (x + h * v3).sin() - damping * v4;
        x += h / 6.0 * (v + 2.0 * v2 + 2.0 * v3 + v4);
        v += h / 6.0 * (a1 + 2.0 * a2 + 2.0 * a3 + a4);
    }
    x * x
}

/// What the reverse of a step reads of it: the cosines at the four stages, their sines, and the speeds.
struct Step {
    cos: [f64; 4],
    sin: [f64; 4],
    speed: [f64; 4],
}

#[allow(clippy::many_single_char_names)]
fn pendulum_by_hand(angle: f64, speed: f64, gravity: f64, damping: f64, steps: usize) -> (f64, (f64, f64, f64, f64)) {
    let h = 0.01;
    let (half, sixth) = (0.5 * h, h / 6.0);
    let (mut x, mut v) = (angle, speed);
    let mut tape = Vec::with_capacity(steps);
    for _ in 0..steps {
        let (s1, c1) = x.sin_cos();
        let a1 = -gravity * s1 - damping * v;
        let v2 = v + half * a1;
        let (s2, c2) = (x + half * v).sin_cos();
        let a2 = -gravity * s2 - damping * v2;
        let v3 = v + half * a2;
        let (s3, c3) = (x + half * v2).sin_cos();
        let a3 = -gravity * s3 - damping * v3;
        let v4 = v + h * a3;
        let (s4, c4) = (x + h * v3).sin_cos();
        let a4 = -gravity * s4 - damping * v4;
        tape.push(Step { cos: [c1, c2, c3, c4], sin: [s1, s2, s3, s4], speed: [v, v2, v3, v4] });
        x += sixth * (v + 2.0 * v2 + 2.0 * v3 + v4);
        v += sixth * (a1 + 2.0 * a2 + 2.0 * a3 + a4);
    }
    let (mut x_bar, mut v_bar, mut gravity_bar, mut damping_bar) = (2.0 * x, 0.0, 0.0, 0.0);
    for Step { cos, sin, speed } in tape.iter().rev() {
        let (dx, dv) = (sixth * x_bar, sixth * v_bar);
        let a4_bar = dv;
        let p4_bar = -gravity * cos[3] * a4_bar;
        let v4_bar = dx - damping * a4_bar;
        let a3_bar = 2.0 * dv + h * v4_bar;
        let p3_bar = -gravity * cos[2] * a3_bar;
        let v3_bar = 2.0 * dx - damping * a3_bar + h * p4_bar;
        let a2_bar = 2.0 * dv + half * v3_bar;
        let p2_bar = -gravity * cos[1] * a2_bar;
        let v2_bar = 2.0 * dx - damping * a2_bar + half * p3_bar;
        let a1_bar = dv + half * v2_bar;
        let p1_bar = -gravity * cos[0] * a1_bar;
        x_bar += p1_bar + p2_bar + p3_bar + p4_bar;
        v_bar += dx + v2_bar + v3_bar + v4_bar - damping * a1_bar + half * p2_bar;
        gravity_bar -= sin[0] * a1_bar + sin[1] * a2_bar + sin[2] * a3_bar + sin[3] * a4_bar;
        damping_bar -= speed[0] * a1_bar + speed[1] * a2_bar + speed[2] * a3_bar + speed[3] * a4_bar;
    }
    (x * x, (x_bar, v_bar, gravity_bar, damping_bar))
}

pub fn cases() -> Vec<Case> {
    const STEPS: usize = 200;
    vec![Case::new(
        "pendulum by Runge-Kutta",
        (1.0, 0.5, 9.81, 0.2),
        |&mut (x, v, g, d)| pendulum(x, v, g, d, STEPS),
        |&mut (x, v, g, d)| pendulum_by_hand(x, v, g, d, STEPS),
        |&mut (x, v, g, d)| pendulum::value_and_grad(x, v, g, d, STEPS),
    )]
}
