use backprop::backprop;

trait Soft {
    fn soft(self) -> f64;
}

impl Soft for f64 {
    fn soft(self) -> f64 {
        self.max(0.0)
    }
}

#[backprop]
fn twice(x: f64) -> f64 {
    x.soft() * 2.0
}

fn main() {}
