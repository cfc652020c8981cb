use backprop::backprop;

struct Model {
    rate: f64,
}

#[backprop]
impl Model {
    fn loss(&self, x: f64) -> f64 {
        self.rate * x
    }
}

fn main() {}
