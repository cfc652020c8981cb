//! What changes the length of a `Vec`.

use backprop::backprop;
use backprop_tests::check;

#[backprop]
fn stack_machine(x: &[f64]) -> f64 {
    let mut stack = Vec::new();
    for i in 0..x.len() {
        stack.push(x[i]);
        if i % 3 == 2 {
            let right = stack.pop().unwrap();
            let left = stack.pop().expect("two operands");
            stack.push(left * right.sin() + left);
        }
    }
    let mut product = 1.0;
    while !stack.is_empty() {
        let top = stack.pop().unwrap();
        product = product * top + top * top;
    }
    product
}

#[test]
fn a_stack_is_pushed_to_and_popped() {
    check!(stack_machine(&vec![0.3, 0.9, -0.4, 1.2, 0.8, 0.5, 1.1]));
    check!(stack_machine(&vec![0.3]));
    check!(stack_machine(&vec![]));
}

#[backprop]
fn popped_or(x: &[f64], n: usize) -> f64 {
    let mut v = x.to_vec();
    let mut s = 0.0;
    for i in 0..n {
        s += v.pop().unwrap_or(x[0] * 0.5) * (i + 1) as f64;
        v.pop();
    }
    s * s
}

#[test]
fn a_value_stands_in_for_what_is_not_there() {
    check!(popped_or(&vec![0.3, 0.9, -0.4, 1.2, 0.8], const 2));
    check!(popped_or(&vec![0.3, 0.9, -0.4, 1.2, 0.8], const 5));
    check!(popped_or(&vec![0.3], const 0));
}

#[backprop]
fn inserted_and_removed(x: &[f64], a: f64) -> f64 {
    let mut v = x.to_vec();
    let before = v[1] * v[1];
    v.insert(1, a * a);
    let mut first = v.remove(0);
    first *= v[0];
    v.insert(v.len(), first);
    v[2] *= v[0];
    let odd = v.swap_remove(1);
    v.remove(v.len() - 1);
    v.insert(0, 2.0);
    let mut s = before + odd;
    for (i, e) in v.iter().enumerate() {
        s = s * e + i as f64 * e;
    }
    s
}

#[test]
fn elements_come_and_go_anywhere() {
    check!(inserted_and_removed(&vec![1.2, -0.4, 0.3, 0.8], 0.7));
}

#[backprop]
fn sorted_by_insertion(x: &[f64]) -> f64 {
    let mut sorted: Vec<f64> = Vec::new();
    for &v in x {
        let mut at = 0;
        while at < sorted.len() && sorted[at] < v {
            at += 1;
        }
        sorted.insert(at, v);
    }
    let mut s = 0.0;
    for i in 0..sorted.len() {
        s += sorted[i] * sorted[i] * (i + 1) as f64;
    }
    s
}

#[test]
fn an_insertion_sort() {
    check!(sorted_by_insertion(&vec![1.2, -0.4, 0.3, 2.2, 0.9]));
    check!(sorted_by_insertion(&vec![]));
}

#[backprop]
fn queue(x: &[f64], steps: usize) -> f64 {
    let mut waiting = x.to_vec();
    let mut done = 0.0;
    for _ in 0..steps {
        if waiting.is_empty() {
            return done;
        }
        let next = waiting.remove(0);
        done += next * next;
        if next > 0.5 {
            waiting.push(next * 0.4);
            waiting.push(next.sin());
        }
    }
    for w in &waiting {
        done *= w;
    }
    done
}

#[test]
fn a_queue_with_an_early_exit() {
    check!(queue(&vec![1.2, 0.4, 0.9], const 4));
    check!(queue(&vec![0.2, 0.4], const 4));
    check!(queue(&vec![0.2, 0.4], const 0));
    check!(queue(&vec![], const 1));
}

#[backprop]
fn reused_scratch(x: &[f64], n: usize) -> f64 {
    let mut scratch = Vec::with_capacity(x.len());
    let mut s = 0.7;
    for k in 0..n {
        scratch.clear();
        scratch.reserve(x.len() + k);
        for i in 0..x.len() + k {
            scratch.push(x[i % x.len()] * s);
        }
        for e in &scratch {
            s += e * e * 0.1;
        }
    }
    scratch.clear();
    s
}

#[backprop]
fn linear_scratch(x: &[f64], n: usize) -> f64 {
    let mut scratch = Vec::new();
    let mut s = 0.0;
    for k in 0..n {
        scratch.clear();
        for i in k..x.len() {
            scratch.push(x[i] * 2.0);
        }
        for e in &scratch {
            s += e;
        }
    }
    s * s
}

#[test]
fn a_buffer_is_cleared_and_filled_again() {
    check!(reused_scratch(&vec![0.3, 0.9, -0.4], const 3));
    check!(reused_scratch(&vec![0.3], const 0));
    check!(linear_scratch(&vec![0.3, 0.9, -0.4], const 2));
    check!(linear_scratch(&vec![0.3, 0.9, -0.4], const 0));
}

#[backprop]
fn cut_off(x: &[f64], keep: usize) -> f64 {
    let mut v = x.to_vec();
    let whole = v[0] * v[v.len() - 1];
    v.truncate(keep);
    v.push(whole);
    let tail = v.split_off(1);
    v.truncate(9);
    let mut s = v[0] * whole;
    for t in &tail {
        s = s * t + t;
    }
    s
}

#[test]
fn a_tail_is_cut_off() {
    check!(cut_off(&vec![0.3, 0.9, -0.4, 1.1], const 2));
    check!(cut_off(&vec![0.3, 0.9], const 7));
    check!(cut_off(&vec![0.3, 0.9], const 0));
}

#[backprop]
fn appended(x: &[f64], a: [f64; 2], k: f64) -> f64 {
    let mut v = vec![k];
    v.extend_from_slice(&x[1..]);
    v.extend(x.iter());
    v.extend(a.iter().copied());
    let more = vec![k * k, v[1] * k];
    v.extend(&more);
    v.extend(more);
    v.extend([k.sin(), 2.0]);
    v.extend((0..2).map(|i| i as f64));
    v.extend_from_slice(&[0.5, 0.25]);
    v.extend_from_within(1..3);
    let mut other = vec![k, x[0]];
    v.append(&mut other);
    other.push(k);
    let mut s = other[0];
    for (i, e) in v.iter().enumerate() {
        s += e * e * (i + 1) as f64;
    }
    s * v[0]
}

#[test]
fn many_elements_are_appended_at_once() {
    check!(appended(&vec![0.3, 0.9, -0.4], [1.1, -0.6], 0.7));
    check!(appended(&vec![0.3], [1.1, -0.6], 0.7), within 1e-7);
}

#[backprop]
fn doubled(x: f64, n: usize) -> f64 {
    let mut v = vec![x, x * x];
    for _ in 0..n {
        let copy = v.clone();
        v.extend_from_slice(&copy);
        v[0] *= v[1];
    }
    let mut s = 0.0;
    for e in &v {
        s += e.sin();
    }
    s
}

#[test]
fn a_vector_is_appended_to_itself() {
    check!(doubled(0.7, const 3));
    check!(doubled(0.7, const 0));
}

#[backprop]
fn resized(x: &[f64], sizes: &[usize], a: f64) -> f64 {
    let mut v = x.to_vec();
    let mut s = 0.0;
    for &n in sizes {
        let k = v.len();
        if k > 0 {
            s += v[0] * v[k - 1];
        }
        v.resize(n, a * a);
        for e in v.iter_mut() {
            *e = *e * *e + a;
        }
        v.resize(n + 1, 0.5);
    }
    for e in &v {
        s += e.sin();
    }
    s
}

#[test]
fn it_is_given_another_length() {
    check!(resized(&vec![0.3, 0.9, -0.4], const &[5, 2, 0, 4], 0.4));
    check!(resized(&vec![0.3], const &[], 0.4));
}

#[backprop]
fn rows(x: &[f64]) -> f64 {
    let mut m: Vec<Vec<f64>> = vec![Vec::new(); 3];
    for i in 0..x.len() {
        m[i % 3].push(x[i] * x[i]);
    }
    let extra = vec![x[0], 1.0];
    m.push(extra);
    let mut gone = m.remove(1);
    gone.push(x[1]);
    m[0].extend_from_slice(&gone);
    m.swap(0, 2);
    let mut last = m.pop().unwrap();
    last[0] *= 3.0;
    m.insert(0, last);
    m.truncate(3);
    let mut s = 1.0;
    for row in &m {
        let mut sum = 0.1;
        for v in row {
            sum += v.sin();
        }
        s *= sum;
    }
    m.clear();
    s
}

#[test]
fn rows_of_different_lengths() {
    check!(rows(&vec![0.3, 0.9, -0.4, 1.2, 0.7]));
    check!(rows(&vec![0.3, 0.9]));
}

#[backprop]
fn points(x: &[f64]) -> f64 {
    let mut path: Vec<[f64; 2]> = Vec::new();
    let mut stack = Vec::new();
    for i in 0..x.len() {
        path.push([x[i], x[i] * x[0]]);
        stack.push((x[i].cos(), i));
    }
    let mut s = 0.0;
    while !path.is_empty() {
        let last = path.len() - 1;
        let [a, b] = path.remove(last);
        let (c, i) = stack.pop().unwrap();
        s += a * b * c * (i + 1) as f64;
        if s > 100.0 {
            path.clear();
        }
    }
    s
}

#[test]
fn elements_that_are_arrays_and_tuples() {
    check!(points(&vec![0.3, 0.9, -0.4]));
    check!(points(&vec![]));
}

#[derive(Clone, Debug, backprop::Differentiable)]
struct Walk {
    at: f64,
    history: Vec<f64>,
}

#[backprop]
fn walked(start: f64, n: usize) -> f64 {
    let mut walk = Walk { at: start, history: Vec::new() };
    for i in 0..n {
        walk.history.push(walk.at);
        walk.at = walk.at.sin() + walk.history[i / 2] * 0.3;
        if i % 4 == 3 {
            walk.history.pop();
            walk.history.push(start);
        }
    }
    let mut s = walk.at;
    for h in &walk.history {
        s += h * h;
    }
    s
}

#[backprop]
fn walks(x: &[f64]) -> f64 {
    let mut all = Vec::new();
    for &start in x {
        let walk = Walk { at: start, history: vec![start; 2] };
        all.push(walk);
    }
    let mut s = 0.0;
    for i in 0..all.len() {
        all[i].history.push(x[i] * 0.5);
        let own = all[i].history.len();
        s += all[i].at * all[i].history[own - 1];
    }
    let first = all.remove(0);
    s * first.history[1]
}

#[test]
fn a_field_that_grows() {
    check!(walked(0.8, const 6));
    check!(walked(0.8, const 0));
    check!(walks(&vec![0.3, 0.9, -0.4]));
}

#[backprop]
fn indices(x: &[f64]) -> f64 {
    let mut order: Vec<usize> = (0..x.len()).collect();
    let mut s = 0.0;
    while let Some(i) = order.pop() {
        if i % 2 == 1 && order.len() < 3 {
            order.push(i - 1);
        }
        s = s * 0.5 + x[i] * x[i] * order.len() as f64;
        order.truncate(7);
    }
    s
}

#[test]
fn vectors_of_integers_pass_through() {
    check!(indices(&vec![0.3, 0.9, -0.4, 1.1]));
}

#[backprop]
fn jumps(x: &[f64], limit: f64) -> f64 {
    let mut v = Vec::new();
    'outer: for i in 0..x.len() {
        v.push(x[i] * limit);
        for k in 0..3 {
            if v[v.len() - 1] > 1.0 {
                v.pop();
                continue 'outer;
            }
            if v.len() > 5 {
                break 'outer;
            }
            v.insert(0, v[0] * limit + k as f64 * 0.1);
        }
    }
    let mut s = 1.0;
    for e in &v {
        s *= e + 2.0;
    }
    s
}

#[test]
fn edits_around_jumps() {
    check!(jumps(&vec![0.3, 0.9, -0.4], 0.7));
    check!(jumps(&vec![2.3, 0.9, 1.4], 0.9));
    check!(jumps(&vec![], 0.9));
}

#[backprop]
fn moved_rows(x: &[f64]) -> f64 {
    let mut rows = vec![vec![x[0]], vec![x[1], x[0]], vec![x[2] * x[1]]];
    let mut other = Vec::new();
    let mut s = rows[2][0] * rows[1][1];
    while rows.len() > 1 {
        s += rows[0][0] * rows[0][0];
        other.push(rows.pop().unwrap());
        other.push(rows[0].clone());
    }
    for r in &other {
        s *= r[0];
    }
    s
}

#[backprop]
fn aliases(x: &[f64]) -> f64 {
    let mut m = vec![vec![x[0]; 2]; 3];
    let r = &mut m[1];
    r.push(x[1]);
    r[0] *= x[2];
    let t = r.pop().unwrap();
    for row in m.iter_mut() {
        row.push(t * row[0]);
        row.remove(0);
    }
    for row in &mut m {
        row.reverse();
        row.insert(1, x[1]);
    }
    let mut s = 1.0;
    for row in &m {
        for v in row {
            s += v * v * s;
        }
    }
    for row in &mut m {
        row.clear();
    }
    s
}

#[test]
fn rows_that_are_moved_and_borrowed() {
    check!(moved_rows(&vec![0.3, 0.9, -0.4]));
    check!(aliases(&vec![0.3, 0.9, -0.4]));
}

#[backprop]
fn inner_rest(x: &[f64], lim: f64) -> f64 {
    let mut s = 0.5;
    for i in 0..x.len() {
        let mut v = vec![x[i]];
        if s > lim {
            continue;
        }
        v.push(s * x[i]);
        if v[1] > 0.7 {
            v.pop();
            s += v[0];
            if s > 3.0 {
                return s * v[0];
            }
            continue;
        }
        let t = v.remove(0);
        s += t * v[0];
        v.clear();
    }
    s
}

#[test]
fn a_vector_of_the_loop_that_jumps_leave() {
    check!(inner_rest(&vec![0.3, 0.9, -0.4, 1.6], 0.9));
    check!(inner_rest(&vec![0.3, 1.9, 2.4, 1.6], 9.9));
}

#[backprop]
fn value_edits(x: &[f64]) -> f64 {
    let mut v = x.to_vec();
    let a = v[0] * v.remove(0) - v.remove(0) * v[0];
    v.push(v[0] * a);
    let b = {
        v.push(a);
        v.pop().unwrap()
    } * if a > 0.0 { v.pop().unwrap() } else { v.remove(0) };
    b + v[0]
}

#[test]
fn elements_are_taken_out_within_expressions() {
    check!(value_edits(&vec![0.3, 0.9, 1.3, 0.5, -0.4]));
    check!(value_edits(&vec![1.3, 0.9, -1.3, 0.5, -0.4]));
}
