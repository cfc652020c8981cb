use backprop::backprop;

#[backprop]
fn reversed(x: &[f64]) -> f64 {
    let mut stack = Vec::new();
    for v in x {
        stack.insert(0, v * 2.0);
    }
    stack[0] * stack[1]
}

fn main() {}
