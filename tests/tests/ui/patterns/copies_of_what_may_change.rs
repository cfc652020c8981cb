use backprop::backprop;

#[backprop]
fn first(x: &mut [f64]) -> f64 {
    let &[a, ..] = &*x else {
        return 0.0;
    };
    x[0] = 1.0;
    a
}

fn main() {}
