use backprop::backprop;

#[backprop]
fn refused(x: f64) -> f64 {
    let n = x as u32;
    x * n as f64
}

#[backprop]
fn caller(x: f64) -> f64 {
    refused(x) * refused::grad(2.0)
}

fn main() {
    let _: f64 = refused(1.0);
    let (_, _): (f64, f64) = refused::value_and_grad(1.0);
    let _: f64 = caller::grad(1.0);
}
