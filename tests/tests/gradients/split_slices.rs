//! Slices taken apart by their methods: `split_at`, `split_first`, and `first`, `last` and `get` with `unwrap`.

use backprop::backprop;
use backprop_tests::check;

#[backprop]
fn halves(x: &[f64], n: usize) -> f64 {
    let (left, right) = x.split_at(n);
    let mut s = 0.5;
    for (a, b) in left.iter().zip(right) {
        s += a * b * s;
    }
    for a in left {
        s = s * a + a.sin();
    }
    let (_, tail) = x.split_at(x.len() - 1);
    let (head, _): (&[f64], &[f64]) = x[1..].split_at(n / 2);
    for i in 0..head.len() {
        s += head[i] * tail[0];
    }
    s + x.split_at(n).1.len() as f64 * x.split_at(1).0[0]
}

#[test]
fn a_slice_is_split() {
    let x = vec![0.4, -1.2, 0.9, 0.3];
    for n in 0..=4 {
        check!(halves(&x, const n));
    }
    check!(halves(&vec![0.4], const 1));
}

#[backprop]
fn changed_halves(x: &mut [f64], n: usize) -> f64 {
    let (left, right) = x.split_at_mut(n);
    let mut s = 0.3;
    for (a, b) in left.iter_mut().zip(right.iter()) {
        *a *= b + s;
        s += *a;
    }
    right[0] = s.sin() * right[0];
    left[0] *= right[0];
    let (first, rest) = x.split_first_mut().unwrap();
    *first *= rest[0];
    rest[0] = *first * *first;
    for v in rest.iter_mut() {
        *v += *first;
    }
    s
}

#[test]
fn a_slice_is_split_and_changed() {
    for n in 1..=2 {
        check!(changed_halves(&mut vec![0.4, -1.2, 0.9], const n));
    }
}

#[backprop]
fn ends(x: &[f64]) -> f64 {
    let first = x.first().unwrap();
    let last = *x.last().expect("it is not empty");
    let (a, rest) = x.split_first().unwrap();
    let (&b, front) = x.split_last().unwrap();
    let mut s = first * last + a.sin() * b;
    for (v, w) in rest.iter().zip(front) {
        s += v * w * s;
    }
    s * x.first().copied().unwrap() + x.last().unwrap().cos() - *x.get(0).unwrap() * x.get(..1).unwrap()[0]
}

#[test]
fn elements_at_the_ends() {
    check!(ends(&vec![0.4, -1.2, 0.9]));
    check!(ends(&vec![0.7]));
}

#[backprop]
fn copies_stay(x: &mut [f64], i: usize) -> f64 {
    let (&mut first, rest) = x.split_first_mut().unwrap();
    rest[0] *= first;
    let &last = x.last().unwrap();
    let copied = x.get(i).copied().unwrap();
    let cloned = x[i].clone();
    x[0] = 3.0 * last * first;
    x[x.len() - 1] = first * first;
    x[i] *= copied * cloned;
    first * last * last + copied * cloned.sin() + *x.last().unwrap()
}

#[test]
fn copies_stay_what_they_were() {
    for i in 0..3 {
        check!(copies_stay(&mut vec![0.4, -1.2, 0.9], const i));
    }
}

#[backprop]
fn assigned(x: &mut [f64], y: f64, n: usize) -> f64 {
    *x.last_mut().unwrap() = y * x[0];
    *x.first_mut().unwrap() *= x[1];
    *x.get_mut(n).unwrap() += x[n] * y;
    for i in 0..n {
        let v = x.get_mut(i).unwrap();
        *v *= y;
        *v += v.sin();
        *x.last_mut().unwrap() -= *x.first().unwrap() * y;
    }
    x.split_at_mut(1).1.fill(y);
    x[0] * x[1]
}

#[test]
fn elements_are_assigned() {
    for n in 0..3 {
        check!(assigned(&mut vec![0.4, -1.2, 0.9], 0.7, const n));
    }
}

#[backprop]
fn growing(x: &[f64], n: usize) -> f64 {
    let mut v = vec![x[0]];
    for i in 0..n {
        let last = *v.last().unwrap();
        let next = last * x[i] + v.first().unwrap().sin();
        if next > 1.0 {
            *v.last_mut().unwrap() *= 0.5 * last;
        }
        v.push(next);
        let (left, right) = v.split_at(v.len() - 1);
        v.push(left.last().unwrap() * right[0]);
    }
    let top = v.last().unwrap();
    top * v[0]
}

#[test]
fn vectors_that_grow() {
    for n in 0..4 {
        check!(growing(&vec![0.4, 1.2, 0.9], const n));
        check!(growing(&vec![1.4, 1.2, 0.9], const n));
    }
}

#[backprop]
fn norm(x: &[f64], k: f64) -> f64 {
    let mut s = 0.0;
    for v in x {
        s += v * v * k;
    }
    s
}

#[backprop]
fn double(v: &mut f64, k: f64) {
    *v *= 2.0 * k;
}

#[backprop]
fn passed_on(x: &mut [f64], n: usize) -> f64 {
    let (left, right) = x.split_at(n);
    let mut s = norm(left, 0.5) * norm(right, 0.3);
    s += norm(x.split_at(n).0, s);
    double(x.last_mut().unwrap(), s);
    let first = x.first_mut().unwrap();
    double(first, 0.4);
    s + norm(&x.split_at(1).1[..n], *x.first().unwrap())
}

#[test]
fn parts_and_elements_in_calls() {
    for n in 0..=2 {
        check!(passed_on(&mut vec![0.4, -1.2, 0.9], const n));
    }
}

#[backprop]
fn of_rows(rows: &[[f64; 2]], #[constant] data: &[f64], indices: &[usize]) -> f64 {
    let mut s = 0.2;
    let (top, others) = rows.split_first().unwrap();
    for row in others {
        for (a, b) in row.iter().zip(top) {
            s += a * b * s;
        }
    }
    for v in rows.last().unwrap() {
        s += v * v;
    }
    let (low, high) = data.split_at(1);
    let (near, far) = indices.split_at(indices.len() / 2);
    for (d, &i) in high.iter().zip(near) {
        s += rows[i][0] * d * low[0];
    }
    for &i in far {
        s *= rows[i].first().unwrap() + 2.0;
    }
    s * rows.first().unwrap()[1]
}

#[test]
fn rows_constants_and_indices() {
    let rows = vec![[0.4, -1.2], [0.9, 0.3], [0.2, -0.7]];
    check!(of_rows(&rows, const &[1.0, 0.5, 2.0][..], const &[2, 0, 1, 2][..]));
    check!(of_rows(&vec![[0.4, -1.2]], const &[1.0][..], const &[][..]));
}

#[backprop]
fn in_branches(x: &[f64], times: usize) -> f64 {
    let mut v = x.to_vec();
    let mut s = 0.1;
    for k in 0..times {
        if v.len() < 2 || s > 5.0 {
            return s * v.first().unwrap();
        }
        if k % 2 == 0 {
            let (left, right) = v.split_at_mut(1);
            left[0] *= right[0] + s;
            s += left[0] * right.last().unwrap();
        } else {
            let last = v.last_mut().unwrap();
            *last = s * *last;
            if *last < 0.0 {
                continue;
            }
            s += *last;
        }
    }
    s
}

#[test]
fn in_branches_loops_and_after_exits() {
    for times in 0..5 {
        check!(in_branches(&vec![0.4, 1.2, 0.9], const times));
        check!(in_branches(&vec![1.4, 3.2, -0.9], const times));
        check!(in_branches(&vec![0.4], const times));
    }
}

#[backprop]
fn first_of(x: &[f64]) -> f64 {
    let first = x.first().expect("there is a first");
    first * first
}

#[backprop]
fn last_of(x: &[f64]) -> f64 {
    *x.last().unwrap() * 2.0
}

#[backprop]
fn split_of(x: &[f64], n: usize) -> f64 {
    let (left, right) = x.split_at(n);
    left[0] * right[0]
}

#[test]
fn panics_are_those_of_the_function() {
    fn message(run: impl FnOnce() -> f64) -> String {
        let panic = std::panic::catch_unwind(std::panic::AssertUnwindSafe(run)).expect_err("it panics");
        let text = panic.downcast_ref::<String>().cloned();
        text.or(panic.downcast_ref::<&str>().map(|text| (*text).to_owned())).expect("a panic has a text")
    }
    assert_eq!(message(|| first_of(&[])), message(|| first_of::grad(&[])[0]));
    assert_eq!(message(|| last_of(&[])), message(|| last_of::grad(&[])[0]));
    assert_eq!(message(|| split_of(&[1.0], 2)), message(|| split_of::grad(&[1.0], 2)[0]));
}

#[backprop]
fn beside_lengths(v: &mut [f64], w: &[f64]) -> f64 {
    *v.last_mut().unwrap() = w[v.len() - 1];
    *v.first_mut().unwrap() += w[v.len() - 2] * v[1];
    let i = w.len() - 1;
    *v.get_mut(i - 1).unwrap() *= v.len() as f64;
    v[0] * v[1] * v[2]
}

#[test]
fn the_value_reads_what_the_target_borrows() {
    check!(beside_lengths(&mut vec![0.4, 0.7, -0.3], &vec![0.4, 0.7, -0.3]));
}

#[backprop]
fn of_indices(x: &[f64], n: usize) -> f64 {
    let mut idx = vec![0usize];
    let mut s = 0.2;
    for i in 0..n {
        let last = *idx.last().unwrap();
        let step = x.first().unwrap().floor() as usize;
        idx.push((last + step + i) % x.len());
        s += x[*idx.last().unwrap()] * s;
        let top = idx.last().unwrap();
        s *= x[*top] + x[idx.first().copied().unwrap()];
    }
    let (lo, hi) = idx.split_at(1);
    for (&i, &j) in lo.iter().zip(hi) {
        s += x[i] * x[j];
    }
    let (mut head, _) = idx.split_at(1);
    while let Some(&i) = head.first() {
        s += x[i] * s;
        head = &head[1..];
    }
    s
}
#[test]
fn indices_that_are_looked_up() {
    for n in 0..4 {
        check!(of_indices(&vec![1.4, 0.7, -0.3], const n));
    }
}
