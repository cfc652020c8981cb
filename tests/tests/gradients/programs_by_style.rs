//! Programs as they stand in other people's projects: geometry, ranking, particles, quadrature and roots.

use backprop::{Differentiable, backprop};
use backprop_tests::check;

const N: usize = 3;

#[backprop]
fn matvec(m: &[[f64; N]; N], v: &[f64; N], out: &mut [f64; N]) {
    for (row, o) in m.iter().zip(out.iter_mut()) {
        *o = 0.0;
        for (a, b) in row.iter().zip(v) {
            *o += a * b;
        }
    }
}

#[backprop]
fn quad_form(x: &[f64]) -> f64 {
    let mut m = [[0.0; N]; N];
    for (i, row) in m.iter_mut().enumerate() {
        for (j, e) in row.iter_mut().enumerate() {
            *e = x[(i + j) % x.len()] + (i == j) as i32 as f64;
        }
    }
    let v: [f64; N] = [x[0], x[1], x[2]];
    let mut out = [0.0; N];
    matvec(&m, &v, &mut out);
    v.iter().zip(&out).map(|(a, b)| a * b).sum()
}

#[backprop]
fn maxes(x: &[f64]) -> f64 {
    let hi = x.iter().cloned().fold(f64::MIN, f64::max);
    let lo = x.iter().cloned().fold(f64::MAX, f64::min);
    let arg = x.iter().enumerate().max_by(|a, b| a.1.partial_cmp(b.1).unwrap()).map(|(i, _)| i).unwrap();
    (hi - lo) * x[arg] + x[arg].clamp(0.0, 1.0)
}

#[backprop]
fn hull_area(x: &[f64]) -> f64 {
    let mut pts: Vec<(f64, f64)> = x.chunks_exact(2).map(|c| (c[0], c[1])).collect();
    let mut order: Vec<usize> = (0..pts.len()).collect();
    order.sort_by(|&i, &j| pts[i].0.partial_cmp(&pts[j].0).unwrap());
    let sorted: Vec<(f64, f64)> = order.iter().map(|&i| pts[i]).collect();
    pts = sorted;
    let n = pts.len();
    let mut area = 0.0;
    for i in 0..n {
        let (x0, y0) = pts[i];
        let (x1, y1) = pts[(i + 1) % n];
        area += x0 * y1 - x1 * y0;
    }
    area.abs() / 2.0
}

#[backprop]
fn angles(x: &[f64]) -> f64 {
    let deg = x[0] * 100.0;
    let wrapped = (deg + 180.0).rem_euclid(360.0) - 180.0;
    let rad = wrapped.to_radians();
    let k = rad.mul_add(x[1], x[2]).exp_m1();
    k.hypot(rad.cos()) + x[1].copysign(-1.0) * rad.signum() + f64::atan2(x[1], x[2]).to_degrees()
}

#[backprop]
fn piecewise(x: &[f64]) -> f64 {
    let mut s = 0.0;
    for (i, &v) in x.iter().enumerate() {
        s += match i {
            0 => v,
            1..=2 if v > 0.5 => v * v,
            1..=2 => v.sqrt(),
            n if n % 2 == 0 => v.exp(),
            _ => continue,
        };
    }
    s
}

#[backprop]
fn trapz(x: &[f64], y: &[f64]) -> f64 {
    x.windows(2).zip(y.windows(2)).map(|(xs, ys)| (xs[1] - xs[0]) * (ys[0] + ys[1]) / 2.0).sum()
}

#[backprop]
fn integral(x: &[f64]) -> f64 {
    let t: Vec<f64> = (0..5).map(|i| i as f64 * x[0]).collect();
    let y: Vec<f64> = t.iter().map(|t| (t * x[1]).cos() + x[2]).collect();
    trapz(&t, &y)
}

#[backprop]
fn transpose_mul(x: &[f64]) -> f64 {
    let a = vec![vec![x[0], x[1]], vec![x[2], x[0] * x[1]], vec![1.0, x[2]]];
    let rows = a.len();
    let cols = a[0].len();
    let mut at = vec![vec![0.0; rows]; cols];
    for i in 0..rows {
        for j in 0..cols {
            at[j][i] = a[i][j];
        }
    }
    let mut g = vec![vec![0.0; cols]; cols];
    for i in 0..cols {
        for j in 0..cols {
            g[i][j] = at[i].iter().zip(at[j].iter()).map(|(p, q)| p * q).sum();
        }
    }
    g[0][0] * g[1][1] - g[0][1] * g[1][0]
}

#[backprop]
fn adaptive(x: &[f64]) -> f64 {
    let (mut t, mut y, mut h) = (0.0_f64, x[0], 0.3_f64);
    let f = |t: f64, y: f64| x[1] * y * (1.0 - y) + t * x[2];
    let tol = 1e-4;
    let mut rejected = 0u32;
    while t < 1.0 {
        if t + h > 1.0 {
            h = 1.0 - t;
        }
        let k1 = f(t, y);
        let k2 = f(t + h, y + h * k1);
        let low = y + h * k1;
        let high = y + 0.5 * h * (k1 + k2);
        let err = (high - low).abs();
        if err > tol && h > 1e-2 {
            h *= 0.5;
            rejected += 1;
            continue;
        }
        t += h;
        y = high;
        if err < tol / 10.0 {
            h = (h * 1.5).min(0.3);
        }
    }
    y + rejected as f64
}

#[backprop]
fn bfs_like(x: &[f64]) -> f64 {
    let edges: Vec<(usize, usize)> = vec![(0, 1), (1, 2), (0, 2), (2, 0)];
    let n = x.len();
    let mut rank = vec![1.0 / n as f64; n];
    for _ in 0..5 {
        let mut next = vec![0.15 / n as f64; n];
        for &(a, b) in &edges {
            let out = edges.iter().filter(|e| e.0 == a).count() as f64;
            next[b] += 0.85 * rank[a] * x[a] / out;
        }
        rank = next;
    }
    rank.iter().map(|r| r * r).sum()
}

#[derive(Clone, Debug, Differentiable)]
struct Particle {
    pos: [f64; 2],
    vel: [f64; 2],
    mass: f64,
    alive: bool,
}

#[backprop]
fn simulate(x: &[f64]) -> f64 {
    let mut ps: Vec<Particle> = (0..3)
        .map(|i| Particle { pos: [x[i % x.len()], i as f64], vel: [0.0, x[0]], mass: 1.0 + i as f64, alive: true })
        .collect();
    for step in 0..4 {
        for i in 0..ps.len() {
            if !ps[i].alive {
                continue;
            }
            let mut force = [0.0, -0.5];
            for (j, other) in ps.iter().enumerate() {
                if i == j || !other.alive {
                    continue;
                }
                let d = [other.pos[0] - ps[i].pos[0], other.pos[1] - ps[i].pos[1]];
                let r2 = d.iter().map(|v| v * v).sum::<f64>() + 0.5;
                for k in 0..2 {
                    force[k] += other.mass * d[k] / r2;
                }
            }
            let p = &mut ps[i];
            for k in 0..2 {
                p.vel[k] += 0.1 * force[k] / p.mass;
            }
        }
        for p in ps.iter_mut().filter(|p| p.alive) {
            for (x, v) in p.pos.iter_mut().zip(p.vel.iter()) {
                *x += 0.1 * v;
            }
            if p.pos[1] < -0.05 {
                p.alive = false;
            }
        }
        if step == 2 {
            ps[0].mass *= 2.0;
        }
    }
    ps.iter().map(|p| 0.5 * p.mass * (p.vel[0].powi(2) + p.vel[1].powi(2)) + p.pos[0]).sum()
}

#[backprop]
fn fixed_point(x: &[f64]) -> f64 {
    let mut z = [0.5, 0.5];
    let mut it = 0;
    let residual = loop {
        let new = [(x[0] + z[1] * 0.3).cos(), (x[1] * z[0]).sin()];
        let r = z.iter().zip(&new).map(|(a, b)| (a - b).abs()).fold(0.0, f64::max);
        z = new;
        it += 1;
        if r < 1e-13 || it == 100 {
            break r;
        }
    };
    z[0] * z[1] + residual * 0.0 + x[2]
}

#[backprop]
fn poly_eval(coeffs: &[f64], t: f64) -> (f64, f64) {
    let mut p = 0.0;
    let mut dp = 0.0;
    for &c in coeffs.iter().rev() {
        dp = dp * t + p;
        p = p * t + c;
    }
    (p, dp)
}

#[backprop]
fn newton_poly(x: &[f64]) -> f64 {
    let mut t = 1.5;
    for _ in 0..30 {
        let (p, dp) = poly_eval(x, t);
        if dp.abs() < 1e-12 {
            return f64::NAN;
        }
        let delta = p / dp;
        t -= delta;
        if delta.abs() < 1e-14 {
            break;
        }
    }
    t
}

#[backprop]
fn gini(x: &[f64]) -> f64 {
    let mut idx: Vec<usize> = (0..x.len()).collect();
    idx.sort_unstable_by(|a, b| x[*a].total_cmp(&x[*b]));
    let total: f64 = x.iter().sum();
    let mut acc = 0.0;
    for (rank, i) in idx.into_iter().enumerate() {
        acc += (rank as f64 + 1.0) * x[i];
    }
    2.0 * acc / (x.len() as f64 * total) - (x.len() as f64 + 1.0) / x.len() as f64
}

#[backprop]
fn bilinear(x: &[f64]) -> f64 {
    let grid = [[0.0, 1.0, 4.0], [1.0, 2.0, 5.0], [4.0, 5.0, 8.0]];
    let (u, v) = (x[0].max(0.0).min(1.999), x[1].clamp(0.0, 1.999));
    let (i, j) = (u.floor() as usize, v.floor() as usize);
    let (fu, fv) = (u - i as f64, v.fract());
    let top = grid[i][j] * (1.0 - fv) + grid[i][j + 1] * fv;
    let bottom = grid[i + 1][j] * (1.0 - fv) + grid[i + 1][j + 1] * fv;
    (top * (1.0 - fu) + bottom * fu) * x[2]
}

#[test]
fn program_quad_form() {
    check!(quad_form(&vec![0.3, 1.2, 0.5]));
}

#[test]
fn program_maxes() {
    check!(maxes(&vec![0.3, 1.2, 0.5]));
}

#[test]
fn program_hull_area() {
    check!(hull_area(&vec![0.3, 1.2, 0.5, 0.1, 1.4, 0.9]));
}

#[test]
fn program_angles() {
    check!(angles(&vec![2.3, 1.2, 0.5]));
}

#[test]
fn program_piecewise() {
    check!(piecewise(&vec![0.3, 1.2, 0.4, 0.6, 0.7]));
}

#[test]
fn program_integral() {
    check!(integral(&vec![0.3, 1.2, 0.5]));
}

#[test]
fn program_transpose_mul() {
    check!(transpose_mul(&vec![0.3, 1.2, 0.5]));
}

#[test]
fn program_adaptive() {
    check!(adaptive(&vec![0.3, 1.2, 0.5]));
}

#[test]
fn program_bfs_like() {
    check!(bfs_like(&vec![0.3, 1.2, 0.5]));
}

#[test]
fn program_simulate() {
    check!(simulate(&vec![0.3, 1.2, 0.5]));
}

#[test]
fn program_fixed_point() {
    check!(fixed_point(&vec![0.3, 1.2, 0.5]));
}

#[test]
fn program_newton_poly() {
    check!(newton_poly(&vec![-2.0, 0.3, 1.0]));
}

#[test]
fn program_gini() {
    check!(gini(&vec![0.3, 1.2, 0.5]));
}

#[test]
fn program_bilinear() {
    check!(bilinear(&vec![0.3, 1.2, 0.5]));
}
