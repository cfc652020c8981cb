use backprop::backprop;

fn helper(x: f64) -> f64 {
    x
}

#[backprop(constant(z))]
fn many(x: f64, y: f64) -> f64 {
    let a = helper(x);
    let i = y as usize;
    let f = |v: f64| v * x;
    if a > 1.0 {
        return f(a);
    }
    a * i as f64
}

fn main() {}
