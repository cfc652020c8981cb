//! Programs as they stand in other people's projects: robotics, finance, vision, statistics and signals.

use backprop::{Differentiable, backprop};
use backprop_tests::check;

type Mat4 = [[f64; 4]; 4];

#[backprop]
fn matmul4(a: &Mat4, b: &Mat4) -> Mat4 {
    let mut c = [[0.0; 4]; 4];
    for i in 0..4 {
        for j in 0..4 {
            for k in 0..4 {
                c[i][j] += a[i][k] * b[k][j];
            }
        }
    }
    c
}

#[backprop]
fn dh(theta: f64, d: f64, a: f64, alpha: f64) -> Mat4 {
    let (st, ct) = theta.sin_cos();
    let (sa, ca) = alpha.sin_cos();
    [[ct, -st * ca, st * sa, a * ct], [st, ct * ca, -ct * sa, a * st], [0.0, sa, ca, d], [0.0, 0.0, 0.0, 1.0]]
}

#[backprop]
fn reach(q: &[f64]) -> f64 {
    let mut t = [[1.0, 0.0, 0.0, 0.0], [0.0, 1.0, 0.0, 0.0], [0.0, 0.0, 1.0, 0.0], [0.0, 0.0, 0.0, 1.0]];
    let alphas = [std::f64::consts::FRAC_PI_2, 0.0, -std::f64::consts::FRAC_PI_2];
    for (i, &qi) in q.iter().enumerate() {
        let link = dh(qi, 0.1 * i as f64, 0.5, alphas[i % 3]);
        t = matmul4(&t, &link);
    }
    let p = [t[0][3], t[1][3], t[2][3]];
    let target = [0.4, 0.2, 0.7];
    p.iter().zip(target.iter()).map(|(a, b)| (a - b) * (a - b)).sum::<f64>().sqrt()
}

fn cdf_coefficients() -> [f64; 5] {
    [0.319381530, -0.356563782, 1.781477937, -1.821255978, 1.330274429]
}

#[backprop]
fn norm_cdf(x: f64) -> f64 {
    let a = cdf_coefficients();
    let l = x.abs();
    let k = 1.0 / (1.0 + 0.2316419 * l);
    let mut poly = 0.0;
    for c in a.iter().rev() {
        poly = (poly + c) * k;
    }
    let w = 1.0 - 1.0 / (2.0 * std::f64::consts::PI).sqrt() * (-l * l / 2.0).exp() * poly;
    if x < 0.0 { 1.0 - w } else { w }
}

#[backprop]
fn black_scholes(x: &[f64]) -> f64 {
    let (s, k, t, r, v) = (x[0], x[1], x[2], x[3], x[4]);
    let d1 = ((s / k).ln() + (r + v * v / 2.0) * t) / (v * t.sqrt());
    let d2 = d1 - v * t.sqrt();
    s * norm_cdf(d1) - k * (-r * t).exp() * norm_cdf(d2)
}

#[backprop]
fn binomial_put(x: &[f64]) -> f64 {
    let (s, k, sigma, r) = (x[0], x[1], x[2], x[3]);
    let n = 12usize;
    let dt = 1.0 / n as f64;
    let u = (sigma * dt.sqrt()).exp();
    let d = 1.0 / u;
    let p = ((r * dt).exp() - d) / (u - d);
    let disc = (-r * dt).exp();
    let mut v: Vec<f64> = (0..=n).map(|i| (k - s * u.powi(i as i32) * d.powi((n - i) as i32)).max(0.0)).collect();
    for step in (0..n).rev() {
        for i in 0..=step {
            let cont = disc * (p * v[i + 1] + (1.0 - p) * v[i]);
            let exercise = k - s * u.powi(i as i32) * d.powi((step - i) as i32);
            v[i] = cont.max(exercise);
        }
    }
    v[0]
}

#[backprop]
fn monte_carlo(x: &[f64]) -> f64 {
    let mut seed: u64 = 42;
    let mut total = 0.0;
    let mut paths = 0;
    while paths < 5 {
        let mut s = x[0];
        for _ in 0..4 {
            seed = seed.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
            let u = (seed >> 33) as f64 / (1u64 << 31) as f64;
            let z = 2.0 * u - 1.0;
            s *= 1.0 + x[1] * 0.1 + x[2] * z;
        }
        total += (s - 1.0).max(0.0);
        paths += 1;
    }
    total / paths as f64
}

#[backprop]
fn heat(x: &[f64]) -> f64 {
    let n = x.len();
    let mut u = x.to_vec();
    let mut next = vec![0.0; n];
    for _ in 0..6 {
        for i in 1..n - 1 {
            next[i] = u[i] + 0.2 * (u[i - 1] - 2.0 * u[i] + u[i + 1]) + 0.01 * u[i] * u[i];
        }
        next[0] = u[1];
        next[n - 1] = u[n - 2];
        u.copy_from_slice(&next);
    }
    u.iter().enumerate().map(|(i, v)| v * v * (i + 1) as f64).sum()
}

#[backprop]
fn rodrigues(r: &[f64; 3], p: &[f64; 3]) -> [f64; 3] {
    let theta2 = r[0] * r[0] + r[1] * r[1] + r[2] * r[2];
    if theta2 > 1e-12 {
        let theta = theta2.sqrt();
        let w = [r[0] / theta, r[1] / theta, r[2] / theta];
        let (s, c) = (theta.sin(), theta.cos());
        let cross = [w[1] * p[2] - w[2] * p[1], w[2] * p[0] - w[0] * p[2], w[0] * p[1] - w[1] * p[0]];
        let dot = (w[0] * p[0] + w[1] * p[1] + w[2] * p[2]) * (1.0 - c);
        let mut out = [0.0; 3];
        for i in 0..3 {
            out[i] = p[i] * c + cross[i] * s + w[i] * dot;
        }
        out
    } else {
        [p[0] + r[1] * p[2] - r[2] * p[1], p[1] + r[2] * p[0] - r[0] * p[2], p[2] + r[0] * p[1] - r[1] * p[0]]
    }
}

#[derive(Clone, Debug, Differentiable)]
struct Camera {
    rot: [f64; 3],
    center: [f64; 3],
    focal: f64,
    k: (f64, f64),
}

#[backprop]
fn project(cam: &Camera, point: &[f64; 3]) -> (f64, f64) {
    let q = [point[0] - cam.center[0], point[1] - cam.center[1], point[2] - cam.center[2]];
    let c = rodrigues(&cam.rot, &q);
    let (u, v) = (c[0] / c[2], c[1] / c[2]);
    let r2 = u * u + v * v;
    let l = 1.0 + r2 * (cam.k.0 + cam.k.1 * r2);
    (cam.focal * l * u, cam.focal * l * v)
}

#[backprop]
fn bundle(x: &[f64]) -> f64 {
    let cam = Camera { rot: [x[0], x[1], x[2]], center: [0.1, x[3], -3.0], focal: x[4], k: (0.01, x[5]) };
    let points = [[0.1, 0.3, 1.0], [x[5], -0.2, 0.8], [0.5, 0.5, x[0] + 1.0]];
    let observed = [(0.1, 0.2), (-0.1, 0.1), (0.3, 0.3)];
    let mut cost = 0.0;
    for (p, obs) in points.iter().zip(observed.iter()) {
        let (u, v) = project(&cam, p);
        let (du, dv) = (u - obs.0, v - obs.1);
        let e = du * du + dv * dv;
        cost += if e < 0.25 { e } else { e.sqrt() - 0.25 };
    }
    cost
}

#[backprop]
fn log_sum_exp(v: &[f64]) -> f64 {
    let m = v.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    m + v.iter().map(|x| (x - m).exp()).sum::<f64>().ln()
}

#[backprop]
fn hmm(x: &[f64]) -> f64 {
    let n = 2;
    let obs = [0usize, 1, 1, 0, 1];
    let emit = [[x[0], 1.0 - x[0]], [x[1], 1.0 - x[1]]];
    let trans = [[x[2].ln(), (1.0 - x[2]).ln()], [(1.0 - x[2]).ln(), x[2].ln()]];
    let mut alpha = vec![0.5f64.ln(); n];
    for (t, &o) in obs.iter().enumerate() {
        let mut next = vec![0.0; n];
        for j in 0..n {
            let mut terms = Vec::with_capacity(n);
            for i in 0..n {
                terms.push(alpha[i] + if t > 0 { trans[i][j] } else { 0.0 });
            }
            next[j] = log_sum_exp(&terms) + emit[j][o].ln();
        }
        alpha = next;
    }
    log_sum_exp(&alpha)
}

#[backprop]
fn sigmoid(x: f64) -> f64 {
    1.0 / (1.0 + (-x).exp())
}

#[backprop]
fn lstm(x: &[f64]) -> f64 {
    let hidden = 2;
    let mut h = vec![0.0; hidden];
    let mut c = vec![0.0; hidden];
    let w = |i: usize| x[i % x.len()];
    for t in 0..3 {
        let input = (t as f64 * 0.7).sin();
        let prev = h.clone();
        for j in 0..hidden {
            let pre = w(j) * input + w(j + 1) * prev[0] + w(j + 2) * prev[1];
            let (f, i, o, g) = (sigmoid(pre + 1.0), sigmoid(pre), sigmoid(pre * 0.5), (pre * 2.0).tanh());
            c[j] = f * c[j] + i * g;
            h[j] = o * c[j].tanh();
        }
    }
    h[0] * h[1] + c[0]
}

#[backprop]
fn simpson(x: &[f64]) -> f64 {
    let f = |t: f64| (x[0] * t).sin() * (-x[1] * t * t).exp();
    let (a, b, n) = (0.0, x[2], 10);
    let h = (b - a) / n as f64;
    let mut sum = f(a) + f(b);
    for i in 1..n {
        sum += if i % 2 == 1 { 4.0 } else { 2.0 } * f(a + i as f64 * h);
    }
    sum * h / 3.0
}

#[backprop]
fn dtw(x: &[f64]) -> f64 {
    let y = [0.1, 0.9, 0.4];
    let (n, m) = (x.len(), y.len());
    let mut d = vec![vec![f64::INFINITY; m + 1]; n + 1];
    d[0][0] = 0.0;
    for i in 1..=n {
        for j in 1..=m {
            let cost = (x[i - 1] - y[j - 1]).abs();
            d[i][j] = cost + d[i - 1][j].min(d[i][j - 1]).min(d[i - 1][j - 1]);
        }
    }
    d[n][m]
}

#[backprop]
fn power_iteration(x: &[f64]) -> f64 {
    let a = [[2.0 + x[0], x[1]], [x[1], 1.0 + x[2]]];
    let mut v = [1.0, 0.5];
    let mut lambda = 0.0;
    for _ in 0..25 {
        let w = [a[0][0] * v[0] + a[0][1] * v[1], a[1][0] * v[0] + a[1][1] * v[1]];
        let norm = (w[0] * w[0] + w[1] * w[1]).sqrt();
        v = [w[0] / norm, w[1] / norm];
        let next = norm;
        if (next - lambda).abs() < 1e-14 {
            break;
        }
        lambda = next;
    }
    lambda
}

#[derive(Clone, Copy, Debug, Differentiable)]
struct Quat {
    w: f64,
    x: f64,
    y: f64,
    z: f64,
}

#[backprop]
fn qmul(a: Quat, b: Quat) -> Quat {
    Quat {
        w: a.w * b.w - a.x * b.x - a.y * b.y - a.z * b.z,
        x: a.w * b.x + a.x * b.w + a.y * b.z - a.z * b.y,
        y: a.w * b.y - a.x * b.z + a.y * b.w + a.z * b.x,
        z: a.w * b.z + a.x * b.y - a.y * b.x + a.z * b.w,
    }
}

#[backprop]
fn rotate(x: &[f64]) -> f64 {
    let n = (x[0] * x[0] + x[1] * x[1] + x[2] * x[2] + 1.0).sqrt();
    let q = Quat { w: 1.0 / n, x: x[0] / n, y: x[1] / n, z: x[2] / n };
    let conj = Quat { x: -q.x, y: -q.y, z: -q.z, ..q };
    let v = Quat { w: 0.0, x: 1.0, y: x[1], z: -0.5 };
    let Quat { x: rx, y: ry, .. } = qmul(qmul(q, v), conj);
    rx * ry + rx.powi(3)
}

#[backprop]
fn kmeans(x: &[f64]) -> f64 {
    let centers = [[x[0], x[1]], [x[2], x[3]]];
    let data = [[0.0, 0.2], [1.0, 0.8], [0.4, 0.4], [0.9, 1.1]];
    data.iter()
        .map(|p| {
            centers
                .iter()
                .map(|c| c.iter().zip(p).map(|(a, b)| (a - b).powi(2)).sum::<f64>())
                .fold(f64::INFINITY, f64::min)
        })
        .sum()
}

#[backprop]
fn kalman(x: &[f64]) -> f64 {
    let (q, r) = (x[0] * x[0], x[1] * x[1]);
    let measurements = [1.0, 1.2, 0.9, 1.1];
    let (mut est, mut p) = (x[2], 1.0);
    let mut ll = 0.0;
    for z in measurements {
        p += q;
        let s = p + r;
        let k = p / s;
        let innovation = z - est;
        ll -= 0.5 * (s.ln() + innovation * innovation / s);
        est += k * innovation;
        p *= 1.0 - k;
    }
    ll
}

#[backprop]
fn spline(x: &[f64]) -> f64 {
    let n = x.len();
    let h: Vec<f64> = vec![1.0; n - 1];
    let mut alpha = vec![0.0; n];
    for i in 1..n - 1 {
        alpha[i] = 3.0 / h[i] * (x[i + 1] - x[i]) - 3.0 / h[i - 1] * (x[i] - x[i - 1]);
    }
    let (mut l, mut mu, mut z) = (vec![1.0; n], vec![0.0; n], vec![0.0; n]);
    for i in 1..n - 1 {
        l[i] = 2.0 * (h[i - 1] + h[i]) - h[i - 1] * mu[i - 1];
        mu[i] = h[i] / l[i];
        z[i] = (alpha[i] - h[i - 1] * z[i - 1]) / l[i];
    }
    let mut c = vec![0.0; n];
    let mut energy = 0.0;
    for j in (0..n - 1).rev() {
        c[j] = z[j] - mu[j] * c[j + 1];
        let b = (x[j + 1] - x[j]) / h[j] - h[j] * (c[j + 1] + 2.0 * c[j]) / 3.0;
        let d = (c[j + 1] - c[j]) / (3.0 * h[j]);
        energy += b * b + c[j] * c[j] + d;
    }
    energy
}

#[backprop]
fn conv(x: &[f64]) -> f64 {
    let kernel = [x[0], x[1], 0.25];
    let signal = [0.5, -1.0, 2.0, x[2], 1.0, 0.3];
    let out: Vec<f64> =
        signal.windows(kernel.len()).map(|w| w.iter().zip(&kernel).map(|(a, b)| a * b).sum::<f64>()).collect();
    let pooled: Vec<f64> = out.chunks(2).map(|c| c.iter().copied().fold(f64::MIN, f64::max)).collect();
    pooled.iter().map(|v| v.max(0.0)).sum::<f64>() + out[0]
}

#[test]
fn program_reach() {
    check!(reach(&vec![0.3, 1.2, 0.5, -0.4]));
}

#[test]
fn program_black_scholes() {
    check!(black_scholes(&vec![100.0, 105.0, 0.5, 0.02, 0.3]));
}

#[test]
fn program_binomial_put() {
    check!(binomial_put(&vec![1.0, 1.1, 0.3, 0.05]));
}

#[test]
fn program_monte_carlo() {
    check!(monte_carlo(&vec![1.1, 0.3, 0.2]));
}

#[test]
fn program_heat() {
    check!(heat(&vec![0.3, 1.2, 0.5, -0.4, 0.8]));
}

#[test]
fn program_bundle() {
    check!(bundle(&vec![0.3, 0.2, -0.1, 0.4, 1.5, 0.02]));
}

#[test]
fn program_hmm() {
    check!(hmm(&vec![0.3, 0.8, 0.6]));
}

#[test]
fn program_lstm() {
    check!(lstm(&vec![0.3, 0.8, -0.6]));
}

#[test]
fn program_simpson() {
    check!(simpson(&vec![1.3, 0.8, 1.6]));
}

#[test]
fn program_dtw() {
    check!(dtw(&vec![0.3, 0.85, 0.6, 0.5]));
}

#[test]
fn program_power_iteration() {
    check!(power_iteration(&vec![0.3, 0.85, 0.6]));
}

#[test]
fn program_rotate() {
    check!(rotate(&vec![0.3, 0.85, 0.6]));
}

#[test]
fn program_kmeans() {
    check!(kmeans(&vec![0.1, 0.25, 0.8, 0.9]));
}

#[test]
fn program_kalman() {
    check!(kalman(&vec![0.3, 0.85, 0.6]));
}

#[test]
fn program_spline() {
    check!(spline(&vec![0.3, 0.85, 0.6, 1.4, 0.2]));
}

#[test]
fn program_conv() {
    check!(conv(&vec![0.3, 0.85, 0.6]));
}
