use backprop::backprop;

#[backprop]
fn shown(x: f64) {
    println!("{x}");
}

fn main() {}
