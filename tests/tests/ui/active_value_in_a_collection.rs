use backprop::backprop;

#[backprop]
fn collected(x: &[f64]) -> f64 {
    let mut stack = Vec::new();
    for v in x {
        stack.push(v * 2.0);
    }
    stack[0]
}

fn main() {}
