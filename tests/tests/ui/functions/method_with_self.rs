use backprop::backprop;

struct Model {
    rate: f64,
}

impl Model {
    #[backprop]
    fn loss(&self, x: f64) -> f64 {
        self.rate * x * x
    }
}

fn main() {}
