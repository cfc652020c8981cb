use backprop::backprop;

#[backprop]
fn clipped(x: f64) -> f64 {
    let y = 'done: {
        if x > 1.0 {
            break 'done 1.0;
        }
        x * x
    };
    y * x
}

fn main() {}
