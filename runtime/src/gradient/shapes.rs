//! The gradients there are: each shape does part by part what [`Gradient`] asks.

use super::Gradient;
use crate::__private::variants_differ;

macro_rules! floats {
    ($($float:ident)*) => {$(
        #[diagnostic::do_not_recommend]
        impl Gradient for $float {
            #[inline]
            fn accumulate(&mut self, other: &Self) {
                *self += *other;
            }

            #[inline]
            fn scale(&mut self, factor: f64) {
                *self *= factor as $float;
            }

            #[inline]
            fn set_zero(&mut self) {
                *self = 0.0;
            }

            #[inline]
            fn is_zero(&self) -> bool {
                *self == 0.0
            }
        }
    )*};
}

floats!(f32 f64);

#[diagnostic::do_not_recommend]
impl Gradient for () {
    #[inline]
    fn accumulate(&mut self, (): &Self) {}

    #[inline]
    fn scale(&mut self, _: f64) {}

    #[inline]
    fn set_zero(&mut self) {}

    #[inline]
    fn is_zero(&self) -> bool {
        true
    }
}

impl<G: Gradient> Gradient for [G] {
    #[inline]
    #[track_caller]
    fn accumulate(&mut self, other: &Self) {
        if self.len() != other.len() {
            lengths_differ(self.len(), other.len());
        }
        for (sum, term) in self.iter_mut().zip(other) {
            sum.accumulate(term);
        }
    }

    #[inline]
    fn scale(&mut self, factor: f64) {
        for number in self {
            number.scale(factor);
        }
    }

    #[inline]
    fn set_zero(&mut self) {
        for number in self {
            number.set_zero();
        }
    }

    #[inline]
    fn is_zero(&self) -> bool {
        self.iter().all(Gradient::is_zero)
    }
}

#[cold]
#[inline(never)]
#[track_caller]
fn lengths_differ(sum: usize, term: usize) -> ! {
    panic!("a gradient of length {term} cannot be added to one of length {sum}")
}

/// A gradient that holds another, of which `$inner` makes a place.
macro_rules! delegates {
    (impl($($generics:tt)*) $outer:ty, |$this:ident| $inner:expr, $inner_mut:expr) => {
        impl<$($generics)*> Gradient for $outer {
            #[inline]
            #[track_caller]
            fn accumulate(&mut self, other: &Self) {
                let term = { let $this = other; $inner };
                let $this = self;
                $inner_mut.accumulate(term);
            }

            #[inline]
            fn scale(&mut self, factor: f64) {
                let $this = self;
                $inner_mut.scale(factor);
            }

            #[inline]
            fn set_zero(&mut self) {
                let $this = self;
                $inner_mut.set_zero();
            }

            #[inline]
            fn is_zero(&self) -> bool {
                let $this = self;
                $inner.is_zero()
            }
        }
    };
}

delegates!(impl(G: Gradient, const N: usize) [G; N], |array| array.as_slice(), array.as_mut_slice());
delegates!(impl(G: Gradient) Vec<G>, |vec| vec.as_slice(), vec.as_mut_slice());
delegates!(impl(G: Gradient) Box<G>, |pointer| &**pointer, (**pointer));

impl<G: Gradient> Gradient for Option<G> {
    #[inline]
    #[track_caller]
    fn accumulate(&mut self, other: &Self) {
        match (self, other) {
            (Some(sum), Some(term)) => sum.accumulate(term),
            (None, None) => {}
            (Some(_), None) => variants_differ("Some", "None"),
            (None, Some(_)) => variants_differ("None", "Some"),
        }
    }

    #[inline]
    fn scale(&mut self, factor: f64) {
        if let Some(content) = self {
            content.scale(factor);
        }
    }

    #[inline]
    fn set_zero(&mut self) {
        if let Some(content) = self {
            content.set_zero();
        }
    }

    #[inline]
    fn is_zero(&self) -> bool {
        self.as_ref().is_none_or(Gradient::is_zero)
    }
}

macro_rules! tuples {
    ($(($($part:ident $position:tt)+))*) => {$(
        impl<$($part: Gradient),+> Gradient for ($($part,)+) {
            #[inline]
            #[track_caller]
            fn accumulate(&mut self, other: &Self) {
                $(self.$position.accumulate(&other.$position);)+
            }

            #[inline]
            fn scale(&mut self, factor: f64) {
                $(self.$position.scale(factor);)+
            }

            #[inline]
            fn set_zero(&mut self) {
                $(self.$position.set_zero();)+
            }

            #[inline]
            fn is_zero(&self) -> bool {
                $(self.$position.is_zero())&&+
            }
        }
    )*};
}

tuples! {
    (A 0)
    (A 0 B 1)
    (A 0 B 1 C 2)
    (A 0 B 1 C 2 D 3)
    (A 0 B 1 C 2 D 3 E 4)
    (A 0 B 1 C 2 D 3 E 4 F 5)
    (A 0 B 1 C 2 D 3 E 4 F 5 G 6)
    (A 0 B 1 C 2 D 3 E 4 F 5 G 6 H 7)
    (A 0 B 1 C 2 D 3 E 4 F 5 G 6 H 7 I 8)
    (A 0 B 1 C 2 D 3 E 4 F 5 G 6 H 7 I 8 J 9)
    (A 0 B 1 C 2 D 3 E 4 F 5 G 6 H 7 I 8 J 9 K 10)
    (A 0 B 1 C 2 D 3 E 4 F 5 G 6 H 7 I 8 J 9 K 10 L 11)
}

#[cfg(test)]
mod tests {
    use super::Gradient;

    #[test]
    fn every_part_of_a_nested_gradient_takes_part() {
        let mut sum = (1.0, vec![[1.0_f32; 2]; 2], Some(Box::new(2.0)), ());
        sum.accumulate(&(0.5, vec![[1.0, 2.0], [3.0, 4.0]], Some(Box::new(-3.0)), ()));
        assert_eq!(sum, (1.5, vec![[2.0, 3.0], [4.0, 5.0]], Some(Box::new(-1.0)), ()));
        sum.scale(-2.0);
        assert_eq!(sum, (-3.0, vec![[-4.0, -6.0], [-8.0, -10.0]], Some(Box::new(2.0)), ()));
        assert!(!sum.is_zero());
        sum.set_zero();
        assert_eq!(sum, (0.0, vec![[0.0; 2]; 2], Some(Box::new(0.0)), ()));
        assert!(sum.is_zero());
    }

    #[test]
    #[should_panic(expected = "a gradient of length 2 cannot be added to one of length 3")]
    fn a_shorter_gradient_is_not_taken_for_zeros() {
        vec![0.0; 3].accumulate(&vec![1.0; 2]);
    }

    #[test]
    #[should_panic(expected = "the gradient `Some` cannot be added to one that is `None`")]
    fn none_does_not_swallow_a_gradient() {
        None.accumulate(&Some(1.0));
    }
}
