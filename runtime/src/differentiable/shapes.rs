//! The gradient of each shape in the standard library.

use std::array::from_fn;
use std::borrow::Borrow;
use std::marker::PhantomData;

use super::{Differentiable, Shape, ShapeMismatch};
use crate::components::Segment;

macro_rules! floats {
    ($($float:ident)*) => {$(
        #[diagnostic::do_not_recommend]
        impl Differentiable for $float {
            type Gradient = $float;
            type Adjoint = $float;

            #[inline]
            fn zero_gradient(&self) -> $float {
                0.0
            }

            #[inline]
            fn zero_gradients(values: &[$float]) -> Vec<$float> {
                vec![0.0; values.len()]
            }

            #[inline]
            fn shape_mismatch(&self, _: &$float) -> Option<ShapeMismatch> {
                None
            }
        }
    )*};
}

floats!(f32 f64);

/// What cannot vary.
macro_rules! discrete {
    ($($discrete:ty)*) => {$(
        #[diagnostic::do_not_recommend]
        impl Differentiable for $discrete {
            type Gradient = ();
            type Adjoint = ();

            #[inline]
            fn zero_gradient(&self) {}

            #[inline]
            fn shape_mismatch(&self, (): &()) -> Option<ShapeMismatch> {
                None
            }
        }
    )*};
}

discrete!(() bool char str String u8 u16 u32 u64 u128 usize i8 i16 i32 i64 i128 isize);

impl<T: Differentiable, const N: usize> Differentiable for [T; N] {
    type Gradient = [T::Gradient; N];
    type Adjoint = [T::Gradient; N];

    #[inline]
    fn zero_gradient(&self) -> Self::Gradient {
        from_fn(|i| self[i].zero_gradient())
    }

    #[inline]
    fn shape_mismatch(&self, adjoint: &Self::Adjoint) -> Option<ShapeMismatch> {
        mismatch_of_elements(self, adjoint)
    }
}

impl<T: Differentiable> Differentiable for Vec<T> {
    type Gradient = Vec<T::Gradient>;
    type Adjoint = Vec<T::Gradient>;

    #[inline]
    fn zero_gradient(&self) -> Self::Gradient {
        T::zero_gradients(self)
    }

    #[inline]
    fn shape_mismatch(&self, adjoint: &Self::Adjoint) -> Option<ShapeMismatch> {
        self.as_slice().shape_mismatch(adjoint)
    }
}

impl<T: Differentiable> Differentiable for [T] {
    type Gradient = Vec<T::Gradient>;
    type Adjoint = [T::Gradient];

    #[inline]
    fn zero_gradient(&self) -> Self::Gradient {
        T::zero_gradients(self)
    }

    #[inline]
    fn shape_mismatch(&self, adjoint: &Self::Adjoint) -> Option<ShapeMismatch> {
        if self.len() != adjoint.len() {
            return Some(ShapeMismatch::new(Shape::Length(self.len()), Shape::Length(adjoint.len())));
        }
        mismatch_of_elements(self, adjoint)
    }
}

/// The first mismatch between elements of the same index. For floats there is none, and the loop compiles to nothing.
#[inline]
fn mismatch_of_elements<T: Differentiable>(values: &[T], gradients: &[T::Gradient]) -> Option<ShapeMismatch> {
    values.iter().zip(gradients).enumerate().find_map(|(i, (value, gradient))| {
        let mismatch = value.shape_mismatch(gradient.borrow())?;
        Some(mismatch.under(Segment::Index(i)))
    })
}

macro_rules! references {
    ($($reference:ty)*) => {$(
        impl<T: Differentiable + ?Sized> Differentiable for $reference {
            type Gradient = T::Gradient;
            type Adjoint = T::Adjoint;

            #[inline]
            fn zero_gradient(&self) -> Self::Gradient {
                (**self).zero_gradient()
            }

            #[inline]
            fn shape_mismatch(&self, adjoint: &Self::Adjoint) -> Option<ShapeMismatch> {
                (**self).shape_mismatch(adjoint)
            }
        }
    )*};
}

references!(&T &mut T);

impl<T: Differentiable> Differentiable for Box<T> {
    type Gradient = Box<T::Gradient>;
    type Adjoint = Box<T::Gradient>;

    #[inline]
    fn zero_gradient(&self) -> Self::Gradient {
        Box::new((**self).zero_gradient())
    }

    #[inline]
    fn shape_mismatch(&self, adjoint: &Self::Adjoint) -> Option<ShapeMismatch> {
        (**self).shape_mismatch((**adjoint).borrow())
    }
}

impl<T: Differentiable> Differentiable for Option<T> {
    type Gradient = Option<T::Gradient>;
    type Adjoint = Option<T::Gradient>;

    #[inline]
    fn zero_gradient(&self) -> Self::Gradient {
        self.as_ref().map(T::zero_gradient)
    }

    #[inline]
    fn shape_mismatch(&self, adjoint: &Self::Adjoint) -> Option<ShapeMismatch> {
        match (self, adjoint) {
            (None, None) => None,
            (Some(value), Some(gradient)) => {
                let mismatch = value.shape_mismatch(gradient.borrow())?;
                Some(mismatch.under(Segment::Some))
            }
            (Some(_), None) => Some(ShapeMismatch::new(Shape::Variant("Some"), Shape::Variant("None"))),
            (None, Some(_)) => Some(ShapeMismatch::new(Shape::Variant("None"), Shape::Variant("Some"))),
        }
    }
}

impl<T: Differentiable, E> Differentiable for Result<T, E> {
    type Gradient = Option<T::Gradient>;
    type Adjoint = Option<T::Gradient>;

    #[inline]
    fn zero_gradient(&self) -> Self::Gradient {
        self.as_ref().ok().map(T::zero_gradient)
    }

    #[inline]
    fn shape_mismatch(&self, adjoint: &Self::Adjoint) -> Option<ShapeMismatch> {
        match (self, adjoint) {
            (Err(_), None) => None,
            (Ok(value), Some(gradient)) => {
                let mismatch = value.shape_mismatch(gradient.borrow())?;
                Some(mismatch.under(Segment::Some))
            }
            (Ok(_), None) => Some(ShapeMismatch::new(Shape::Variant("Ok"), Shape::Variant("None"))),
            (Err(_), Some(_)) => Some(ShapeMismatch::new(Shape::Variant("Err"), Shape::Variant("Some"))),
        }
    }
}

impl<T: ?Sized> Differentiable for PhantomData<T> {
    type Gradient = ();
    type Adjoint = ();

    #[inline]
    fn zero_gradient(&self) {}

    #[inline]
    fn shape_mismatch(&self, (): &()) -> Option<ShapeMismatch> {
        None
    }
}

macro_rules! tuples {
    ($(($($part:ident $position:tt)+))*) => {$(
        impl<$($part: Differentiable),+> Differentiable for ($($part,)+) {
            type Gradient = ($($part::Gradient,)+);
            type Adjoint = ($($part::Gradient,)+);

            #[inline]
            fn zero_gradient(&self) -> Self::Gradient {
                ($(self.$position.zero_gradient(),)+)
            }

            #[inline]
            fn shape_mismatch(&self, adjoint: &Self::Adjoint) -> Option<ShapeMismatch> {
                $(if let Some(mismatch) = self.$position.shape_mismatch(adjoint.$position.borrow()) {
                    return Some(mismatch.under(Segment::Position($position)));
                })+
                None
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
    use super::Differentiable;

    #[test]
    fn references_have_the_gradient_of_what_they_point_to() {
        fn gradient_of<T: Differentiable>(value: T) -> T::Gradient {
            value.zero_gradient()
        }
        let mut matrix = vec![[1.0_f32, 2.0]; 3];
        assert_eq!(gradient_of(&matrix), [[0.0; 2]; 3]);
        assert_eq!(gradient_of(&mut matrix[1..]), [[0.0; 2]; 2]);
        let rows: [&[f64]; 2] = [&[1.0], &[2.0, 3.0]];
        assert_eq!(gradient_of(rows), [vec![0.0], vec![0.0, 0.0]]);
    }

    #[test]
    fn what_cannot_vary_has_no_gradient() {
        let gradient: ((), f64, Vec<()>, ()) = (3_usize, 1.0, vec!['a', 'b'], "text").zero_gradient();
        assert_eq!(gradient, ((), 0.0, vec![(), ()], ()));
    }

    #[test]
    fn a_mismatch_tells_the_way_to_the_first_difference() {
        let value = (1.0, vec![Some(vec![1.0, 2.0]), None]);
        let at = |gradient| value.shape_mismatch(&gradient).map(|mismatch| mismatch.to_string());
        assert_eq!(at((0.0, vec![Some(vec![0.0; 2]), None])), None);
        assert_eq!(at((0.0, vec![])).unwrap(), "the gradient has length 0 at `.1`, but the value has length 2 there");
        assert_eq!(
            at((0.0, vec![Some(vec![0.0; 3]), None])).unwrap(),
            "the gradient has length 3 at `.1[0]?`, but the value has length 2 there"
        );
        assert_eq!(
            at((0.0, vec![None, None])).unwrap(),
            "the gradient is `None` at `.1[0]`, but the value is `Some` there"
        );
    }

    #[test]
    fn the_error_of_a_result_has_no_gradient() {
        struct Failure;
        let (fine, failed): (Result<_, Failure>, _) = (Ok(vec![1.0, 2.0]), Err::<Vec<f64>, _>(Failure));
        assert_eq!((fine.zero_gradient(), failed.zero_gradient()), (Some(vec![0.0, 0.0]), None));
        let at = |value: &Result<_, _>, gradient| value.shape_mismatch(&gradient).map(|mismatch| mismatch.to_string());
        assert_eq!(at(&fine, Some(vec![0.0; 2])), None);
        assert_eq!(at(&failed, None), None);
        assert_eq!(
            at(&fine, Some(vec![])).unwrap(),
            "the gradient has length 0 at `?`, but the value has length 2 there"
        );
        assert_eq!(at(&fine, None).unwrap(), "the gradient is `None`, but the value is `Ok`");
        assert_eq!(at(&failed, Some(vec![])).unwrap(), "the gradient is `Some`, but the value is `Err`");
    }
}
