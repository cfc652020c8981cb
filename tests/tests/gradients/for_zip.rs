//! `for` over two and more slices at once.

use backprop::{Differentiable, backprop};
use backprop_tests::check;

#[backprop]
fn spellings(x: &[f64], y: &[f64]) -> f64 {
    let mut s = 0.5;
    for (a, b) in x.iter().zip(y) {
        s += a * b * s;
    }
    for (a, b) in x.iter().zip(y.iter()) {
        s -= a.sin() * b;
    }
    for (&a, b) in x.iter().zip(&*y) {
        s += a * s.cos() * b;
    }
    for (a, &b) in x.into_iter().zip(y) {
        s += a / (b * b + 1.0);
    }
    s
}

#[test]
fn each_spelling_at_equal_and_at_different_lengths() {
    let (three, two) = (vec![0.4, -1.2, 2.2], vec![0.7, 0.1]);
    check!(spellings(&three, &three));
    check!(spellings(&three, &two));
    check!(spellings(&two, &three));
    check!(spellings(&vec![], &three));
    check!(spellings(&three, &vec![]));
}

#[backprop]
fn triples(x: &[f64], y: &[f64], z: &[f64]) -> f64 {
    let mut s = 1.0;
    for ((a, b), c) in x.iter().zip(y).zip(z) {
        s = s * a + b * c;
    }
    for (a, (b, c)) in x.iter().zip(y.iter().zip(z.iter().rev())) {
        s += a * b * c * s;
    }
    for (i, ((a, b), c)) in x.iter().zip(y).zip(z).enumerate() {
        s -= a * b * c * i as f64;
    }
    s
}

#[test]
fn three_slices() {
    check!(triples(&vec![0.4, -1.2, 0.9], &vec![0.7, 0.1, -0.3], &vec![1.1, 0.2, 0.6]));
    check!(triples(&vec![0.4, -1.2, 0.9], &vec![0.7], &vec![1.1, 0.2]));
    check!(triples(&vec![0.4], &vec![0.7, 0.1, -0.3], &vec![1.1, 0.2, 0.5, 0.8]));
    check!(triples(&vec![], &vec![], &vec![]));
}

#[backprop]
fn updated(x: &mut [f64], y: &[f64], k: f64) {
    for (a, b) in x.iter_mut().zip(y) {
        *a = a.sin() * b + k;
    }
    for (b, a) in y.iter().zip(&mut *x) {
        *a *= *a * b;
    }
    for (a, b) in x.iter_mut().rev().zip(y) {
        *a += b * *a;
    }
}

#[test]
fn one_of_them_changed() {
    check!(updated(&mut vec![0.4, -1.2, 0.9], &vec![0.7, 0.1, -0.3], 0.3) -> ());
    check!(updated(&mut vec![0.4, -1.2, 0.9], &vec![0.7, 0.1], 0.3) -> ());
    check!(updated(&mut vec![0.4], &vec![0.7, 0.1], 0.3) -> ());
    check!(updated(&mut vec![], &vec![0.7, 0.1], 0.3) -> ());
}

#[backprop]
fn both_changed(x: &mut [f64], y: &mut [f64]) -> f64 {
    let mut s = 0.2;
    for (a, b) in x.iter_mut().zip(y.iter_mut()) {
        s += *a * *b;
        *a = b.cos() * s;
        *b = *a * *b;
    }
    for (a, b) in x.iter_mut().zip(y) {
        *a += *b;
        *b *= *a;
    }
    s
}

#[test]
fn both_of_them_changed() {
    check!(both_changed(&mut vec![0.4, -1.2, 0.9], &mut vec![0.7, 0.1, -0.3]));
    check!(both_changed(&mut vec![0.4, -1.2, 0.9], &mut vec![0.7]));
    check!(both_changed(&mut vec![], &mut vec![0.7]));
}

#[backprop]
fn with_constants(w: &[f64], #[constant] data: &[f64], indices: &[usize], flags: &[bool]) -> f64 {
    let mut loss = 0.0;
    for (a, d) in w.iter().zip(data) {
        loss += (a * d - 1.0).powi(2);
    }
    for (&i, &d) in indices.iter().zip(data) {
        loss += w[i] * d * loss.cos();
    }
    for ((a, &i), flag) in w.iter().zip(indices).zip(flags) {
        if *flag {
            loss *= a + w[i];
        }
    }
    for (i, sign) in indices.iter().zip([1.0, -1.0, 2.0]) {
        loss += w[*i] * sign * loss;
    }
    loss
}

#[test]
fn beside_constants_and_indices() {
    let (data, flags) = ([1.0, 2.5, -0.5], [true, false, true]);
    check!(with_constants(&vec![0.4, -1.2, 0.9], const &data[..], const &[2, 0, 2][..], const &flags[..]));
    check!(with_constants(&vec![0.4, -1.2, 0.9], const &data[..2], const &[1][..], const &flags[..]));
    check!(with_constants(&vec![0.4], const &[][..], const &[][..], const &flags[..]));
}

#[backprop]
fn with_ranges(x: &[f64], w: &[f64], n: usize, from: i32) -> f64 {
    let mut s = 0.3;
    for (a, i) in x.iter().zip(0..n) {
        s += a * w[i] * s;
    }
    for (i, a) in (0..).zip(x) {
        s += a * i as f64;
    }
    for (a, power) in x.iter().zip(from..) {
        s -= a.powi(power) * 0.1;
    }
    for (a, i) in x.iter().zip((1..=n).rev()) {
        s += a * s * i as f64;
    }
    for (i, a) in (1..n).zip(x) {
        s *= a + w[i - 1];
    }
    for (a, i) in x.iter().zip((0..n).step_by(2)) {
        s += a * w[i] * s;
    }
    s
}

#[test]
fn beside_ranges_of_any_type() {
    for n in 0..4 {
        check!(with_ranges(&vec![0.4, -1.2, 0.9], &vec![0.7, 0.1, -0.3], const n, const -1));
    }
    check!(with_ranges(&vec![], &vec![0.7, 0.1, -0.3], const 3, const 0));
}

#[backprop]
fn with_arrays(x: [f64; 3], y: &[f64; 3], z: &[f64]) -> f64 {
    let mut s = 0.0;
    for (a, b) in x.iter().zip(y) {
        s += a * b;
    }
    for (a, b) in x.into_iter().zip(z) {
        s += a * b * s;
    }
    for (b, a) in z.iter().zip(x) {
        s -= a / (b + 4.0);
    }
    let mut changed = x;
    for (a, b) in changed.into_iter().zip(y.iter().copied()) {
        s += a * b;
        changed[0] = s;
        changed[2] *= s;
    }
    s * changed[0] + changed[2]
}

#[test]
fn arrays_by_value_and_by_reference() {
    check!(with_arrays([0.4, -1.2, 0.9], &[0.7, 0.1, -0.3], &vec![0.2, 0.5]));
    check!(with_arrays([0.4, -1.2, 0.9], &[0.7, 0.1, -0.3], &vec![]));
}

#[backprop]
fn with_vectors(x: &[f64], v: Vec<f64>, n: usize) -> f64 {
    let mut w = vec![x[0]; n];
    let mut s = 0.2;
    for (a, b) in w.iter_mut().zip(&v) {
        *a *= b + s;
        s += *a;
    }
    for (a, b) in w.iter().zip(x) {
        s += a * b * s;
    }
    w = vec![s, x[1]];
    for (a, b) in w.iter().zip(v) {
        s += a * b;
    }
    for a in w {
        s += a * a * s;
    }
    s
}

#[test]
fn vectors_also_by_value_and_replaced_later() {
    for n in 0..4 {
        check!(with_vectors(&vec![0.4, -0.3, 0.2], vec![0.7, 0.1], const n));
    }
    check!(with_vectors(&vec![0.4, -0.3, 0.2], vec![], const 3));
}

#[backprop]
fn taken_by_value(rows: Vec<Vec<f64>>, x: f64) -> f64 {
    let mut scaled = vec![0.0; 3];
    let mut s = 0.1;
    for row in rows {
        for (a, b) in row.iter().zip(scaled.iter_mut()) {
            *b += a * x;
            s += *b * s;
        }
    }
    for v in scaled {
        s += v * v;
        scaled = vec![s; 2];
    }
    for v in vec![x, s, x * s] {
        s *= v;
    }
    s
}

#[test]
fn vectors_taken_by_value_and_given_a_value_again() {
    check!(taken_by_value(vec![vec![0.4, -0.3], vec![], vec![0.2, 0.9, 0.8, 0.7]], 0.6));
    check!(taken_by_value(vec![], 0.6));
}

#[backprop]
fn with_parts(x: &[f64], n: usize) -> f64 {
    let mut s = 0.5;
    for (a, b) in x[..n].iter().zip(&x[n..]) {
        s += a * b * s;
    }
    for (a, b) in x.iter().zip(&x[1..]) {
        s += (b - a).powi(2);
    }
    let (left, right) = (&x[..n], &x[n..]);
    for (a, b) in left.iter().rev().zip(right) {
        s -= a * b.sin();
    }
    s
}

#[test]
fn parts_of_one_slice() {
    for n in 0..=4 {
        check!(with_parts(&vec![0.4, -1.2, 0.9, 0.3], const n));
    }
}

#[backprop]
fn matrix(m: &[[f64; 3]], x: &[f64], out: &mut [f64]) {
    for (row, o) in m.iter().zip(out.iter_mut()) {
        let mut sum = 0.0;
        for (a, b) in row.iter().zip(x) {
            sum += a * b;
        }
        *o = sum * *o;
    }
    for (o, [a, _, c]) in out.iter_mut().zip(m) {
        *o += a * c;
    }
}

#[backprop]
fn rows_changed(m: &mut [[f64; 2]], x: &[f64]) {
    for (row, k) in m.iter_mut().zip(x) {
        for (a, b) in row.iter_mut().zip(x) {
            *a = *a * b + a.sin() * k;
        }
    }
}

#[backprop]
fn ragged(m: &mut Vec<Vec<f64>>, x: &[f64]) -> f64 {
    let mut s = 0.2;
    for (row, k) in m.iter_mut().zip(x) {
        for (a, b) in row.iter_mut().zip(x) {
            s += *a * k;
            *a *= b * s;
        }
    }
    for (row, other) in m.iter().zip(m.iter().skip(1)) {
        for (a, b) in row.iter().zip(other) {
            s += a * b;
        }
    }
    s
}

#[test]
fn rows_and_their_elements() {
    let m = vec![[0.4, -1.2, 0.9], [0.3, 0.2, -0.7]];
    check!(matrix(&m, &vec![0.5, 1.1, -0.4], &mut vec![0.3, 0.6]) -> ());
    check!(matrix(&m, &vec![0.5, 1.1], &mut vec![0.3]) -> ());
    check!(matrix(&vec![], &vec![0.5, 1.1], &mut vec![0.3]) -> ());
    check!(rows_changed(&mut vec![[0.4, -1.2], [0.9, 0.3], [0.2, -0.7]], &vec![0.5, 1.1]) -> ());
    check!(rows_changed(&mut vec![[0.4, -1.2]], &vec![0.5]) -> ());
    check!(ragged(&mut vec![vec![0.4, -1.2], vec![], vec![0.2, -0.7, 0.8]], &vec![0.5, 1.1, 0.7]));
    check!(ragged(&mut vec![vec![0.4, -1.2, 0.3], vec![0.9]], &vec![0.5, 1.1]));
}

#[backprop]
fn left_early(x: &[f64], y: &[f64], #[constant] limit: f64) -> f64 {
    let mut s: f64 = 0.1;
    for (i, (a, b)) in x.iter().zip(y).enumerate() {
        if *a < 0.0 {
            continue;
        }
        s += a * b * s.cos();
        if s > limit {
            break;
        }
        s *= 1.0 + 0.1 * i as f64 * b;
    }
    for (a, b) in x.iter().zip(y).rev() {
        if s > 2.0 * limit {
            return s * a;
        }
        s += a * a * b;
    }
    'rows: for (a, i) in x.iter().rev().zip(1..) {
        for (b, c) in y.iter().zip(&x[1..]).skip(1) {
            s += a * b * c;
            if s > 3.0 * limit {
                break 'rows;
            }
            if *b > 0.5 {
                continue 'rows;
            }
        }
        s += a * i as f64;
    }
    s
}

#[test]
fn loops_that_are_left_early() {
    let (x, y) = (vec![0.4, -1.2, 0.9, 0.3], vec![0.7, 0.1, 0.3, 0.6]);
    for limit in [-0.1, 0.05, 0.2, 0.3, 0.4, 0.6, 10.0] {
        check!(left_early(&x, &y, const limit));
        check!(left_early(&y, &x, const limit));
    }
    check!(left_early(&vec![0.1], &vec![], const 0.3));
}

#[backprop]
fn in_branches(x: &[f64], y: &mut [f64], times: usize) -> f64 {
    let mut s = 0.3;
    for round in 0..times {
        if round % 2 == 0 {
            for (a, b) in x.iter().zip(y.iter_mut()) {
                *b += a * s;
            }
        } else {
            let n = y.len() - round;
            for (a, b) in y[..n].iter().zip(x).skip(1) {
                s += a * b;
            }
        }
    }
    s
}

#[backprop]
fn caller(x: &[f64], y: &[f64]) -> f64 {
    let mut v = y.to_vec();
    let s = in_branches(x, &mut v, 3);
    let mut t = triples(x, &v, y);
    for (a, b) in v.iter().zip(x) {
        t += a * b * s;
    }
    t
}

#[test]
fn in_branches_in_loops_and_in_callees() {
    for times in 0..4 {
        check!(in_branches(&vec![0.4, -1.2, 0.9], &mut vec![0.7, 0.1, -0.3, 0.2], const times));
    }
    check!(caller(&vec![0.4, -1.2, 0.9], &vec![0.7, 0.1, -0.3]));
}

#[derive(Clone, Debug, Differentiable)]
struct Point {
    x: f64,
    y: f64,
}

#[derive(Clone, Debug, Differentiable)]
struct Cloud {
    points: Vec<Point>,
    weights: Vec<f64>,
    #[constant]
    names: Vec<&'static str>,
}

#[backprop]
fn spread(cloud: &Cloud, k: f64) -> f64 {
    let mut s = 0.0;
    for p in &cloud.points {
        s += p.x * p.y * k;
    }
    for (p, w) in cloud.points.iter().zip(&cloud.weights) {
        s += p.x * w + p.y.sin() * s;
    }
    for (Point { x, y }, w) in cloud.points.iter().zip(cloud.weights.iter().rev()) {
        s *= x - y * w;
    }
    for (w, name) in cloud.weights.iter().zip(&cloud.names) {
        s += w * name.len() as f64;
    }
    s
}

#[backprop]
fn moved(cloud: &mut Cloud, k: f64) {
    for (p, w) in cloud.points.iter_mut().zip(&cloud.weights) {
        p.x += k * w * p.y;
        p.y = p.x.cos();
    }
    for (w, i) in cloud.weights.iter_mut().zip(1..) {
        *w *= *w * i as f64;
    }
}

#[backprop]
fn moved_and_spread(cloud: &Cloud, k: f64) -> f64 {
    let mut cloud = cloud.clone();
    moved(&mut cloud, k);
    spread(&cloud, k)
}

#[test]
fn fields_of_structs() {
    let points = vec![Point { x: 0.4, y: -1.2 }, Point { x: 0.9, y: 0.3 }];
    let cloud = Cloud { points, weights: vec![0.7, 0.1, 0.4], names: vec!["a", "bc"] };
    let (value, claimed) = moved_and_spread::value_and_grad(&cloud, 0.3);
    assert_eq!(value, moved_and_spread(&cloud, 0.3));
    let function = |(cloud, k): &(Cloud, f64)| moved_and_spread(cloud, *k);
    backprop::check::gradient(function, (cloud, 0.3), &claimed).assert_ok();
}

#[derive(Clone, Debug, Differentiable)]
struct Layer {
    w: Vec<f64>,
    b: Vec<f64>,
}

#[derive(Clone, Debug, Differentiable)]
struct Net {
    layers: Vec<Layer>,
    last: [f64; 2],
}

#[backprop]
fn network(net: &Net, x: &[f64]) -> f64 {
    let mut h = x.to_vec();
    for layer in &net.layers {
        let mut next = vec![0.0; layer.b.len()];
        for ((row, b), o) in layer.w.chunks_exact(h.len()).zip(&layer.b).zip(next.iter_mut()) {
            let mut sum = *b;
            for (w, v) in row.iter().zip(&h) {
                sum += w * v;
            }
            *o = sum.tanh();
        }
        h = next;
    }
    let mut s = 0.0;
    for (a, b) in h.iter().zip(&net.last) {
        s += a * b;
    }
    for (a, b) in h.iter().zip(net.last.iter().rev()) {
        s += a * b * s;
    }
    s
}

#[backprop]
fn adjusted(n: &Net, x: &[f64]) -> f64 {
    let mut m = n.clone();
    for layer in m.layers.iter_mut() {
        for (w, b) in layer.w.chunks_mut(2).zip(layer.b.iter().rev()) {
            w[0] *= b;
        }
        let Layer { w, b } = layer;
        for (w, b) in w.iter_mut().zip(b.iter_mut()) {
            *w *= *b;
            *b += *w;
        }
    }
    network(&m, x)
}

#[test]
fn vectors_in_structs_in_vectors() {
    let w = vec![0.3, 0.4, -0.2, 0.1, 0.5, 0.6];
    let layers = vec![Layer { w: w.clone(), b: vec![0.1, 0.2, 0.3] }, Layer { w, b: vec![0.1, 0.4] }];
    let at = (Net { layers, last: [0.3, 0.9] }, vec![0.5, -0.3]);
    let (_, claimed) = network::value_and_grad(&at.0, &at.1);
    let function = |(net, x): &(Net, Vec<f64>)| network(net, x);
    backprop::check::gradient(function, at.clone(), &claimed).assert_ok();
    let (_, claimed) = adjusted::value_and_grad(&at.0, &at.1);
    let function = |(net, x): &(Net, Vec<f64>)| adjusted(net, x);
    backprop::check::gradient(function, at, &claimed).assert_ok();
}

#[backprop]
fn nested_owned(rows: Vec<Vec<f64>>, m: Vec<[f64; 2]>) -> f64 {
    let mut s = 0.1;
    for (i, row) in rows.into_iter().enumerate() {
        for v in row {
            s += v * v * s * i as f64;
        }
    }
    for [a, b] in m {
        s += a * b * s;
    }
    s
}

#[backprop]
fn pairs(p: &mut [(f64, f64)], c: &[f64]) -> f64 {
    let mut s = 0.1;
    for (p, c) in p.iter_mut().zip(c) {
        p.0 *= c;
        p.1 += p.0 * s;
        s += p.1;
    }
    for &(a, b) in p.iter().skip(1) {
        s += a * b;
    }
    for (&(a, b), c) in p.iter().zip(c) {
        s += a * b * c * s;
    }
    for (_, c) in p.iter().zip(c) {
        s += c;
    }
    for _ in p.iter().zip(c) {
        s *= c[0];
    }
    for ((a, b), (i, c)) in p.iter().zip(c.iter().enumerate()) {
        s += a * b * c * i as f64;
    }
    s
}

#[backprop]
fn deferred(x: &[f64], c: bool) -> f64 {
    let v;
    if c {
        v = x.to_vec();
    } else {
        v = vec![x[0] * x[1]];
    }
    let mut s = 0.2;
    for (a, b) in v.iter().zip(x) {
        s += a * b * s;
    }
    match c {
        true => {
            for (a, b) in x.iter().zip(&v).skip(1) {
                s *= a + b;
            }
        }
        false => {
            for a in v {
                s += a * s;
            }
        }
    }
    s
}

#[test]
fn owned_rows_pairs_and_values_given_later() {
    check!(nested_owned(vec![vec![0.7, 0.2], vec![], vec![0.4]], vec![[0.3, 0.4], [0.1, 0.9]]));
    check!(pairs(&mut vec![(0.4, 0.3), (0.2, 0.7), (0.5, 0.6)], &vec![0.7, 0.4]));
    check!(deferred(&vec![0.4, 0.7, -0.3], const true));
    check!(deferred(&vec![0.4, 0.7, -0.3], const false));
}
