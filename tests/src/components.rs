//! The floats in a value, in order: numbers to perturb in an argument, to seed in an adjoint, to compare in a result.

use std::slice::Iter;

pub trait Components {
    fn read_into(&self, components: &mut Vec<f64>);
    fn write_from(&mut self, components: &mut Iter<'_, f64>);
}

pub fn read<T: Components + ?Sized>(value: &T, components: &mut Vec<f64>) {
    value.read_into(components);
}

pub fn write<T: Components + ?Sized>(value: &mut T, components: &mut Iter<'_, f64>) {
    value.write_from(components);
}

pub fn duplicate<T: Clone>(value: &T) -> T {
    value.clone()
}

impl Components for f64 {
    fn read_into(&self, components: &mut Vec<f64>) {
        components.push(*self);
    }

    fn write_from(&mut self, components: &mut Iter<'_, f64>) {
        *self = *components.next().expect("a component for each float");
    }
}

impl Components for f32 {
    fn read_into(&self, components: &mut Vec<f64>) {
        components.push(f64::from(*self));
    }

    fn write_from(&mut self, components: &mut Iter<'_, f64>) {
        *self = *components.next().expect("a component for each float") as f32;
    }
}

impl<T: Components> Components for [T] {
    fn read_into(&self, components: &mut Vec<f64>) {
        self.iter().for_each(|element| element.read_into(components));
    }

    fn write_from(&mut self, components: &mut Iter<'_, f64>) {
        self.iter_mut().for_each(|element| element.write_from(components));
    }
}

impl<T: Components, const N: usize> Components for [T; N] {
    fn read_into(&self, components: &mut Vec<f64>) {
        self.as_slice().read_into(components);
    }

    fn write_from(&mut self, components: &mut Iter<'_, f64>) {
        self.as_mut_slice().write_from(components);
    }
}

impl<T: Components> Components for Vec<T> {
    fn read_into(&self, components: &mut Vec<f64>) {
        self.as_slice().read_into(components);
    }

    fn write_from(&mut self, components: &mut Iter<'_, f64>) {
        self.as_mut_slice().write_from(components);
    }
}

impl<T: Components> Components for Option<T> {
    fn read_into(&self, components: &mut Vec<f64>) {
        self.iter().for_each(|inner| inner.read_into(components));
    }

    fn write_from(&mut self, components: &mut Iter<'_, f64>) {
        self.iter_mut().for_each(|inner| inner.write_from(components));
    }
}

impl<T: Components, E> Components for Result<T, E> {
    fn read_into(&self, components: &mut Vec<f64>) {
        self.iter().for_each(|inner| inner.read_into(components));
    }

    fn write_from(&mut self, components: &mut Iter<'_, f64>) {
        self.iter_mut().for_each(|inner| inner.write_from(components));
    }
}

impl<T: Components> Components for Box<T> {
    fn read_into(&self, components: &mut Vec<f64>) {
        (**self).read_into(components);
    }

    fn write_from(&mut self, components: &mut Iter<'_, f64>) {
        (**self).write_from(components);
    }
}

macro_rules! without_components {
    ($($discrete:ty)*) => {$(
        impl Components for $discrete {
            fn read_into(&self, _: &mut Vec<f64>) {}

            fn write_from(&mut self, _: &mut Iter<'_, f64>) {}
        }
    )*};
}

without_components!(() bool char u8 u32 u64 i32 i64 usize);

macro_rules! tuples {
    ($(($($element:ident)+))*) => {$(
        #[allow(non_snake_case)]
        impl<$($element: Components),+> Components for ($($element,)+) {
            fn read_into(&self, components: &mut Vec<f64>) {
                let ($($element,)+) = self;
                $($element.read_into(components);)+
            }

            fn write_from(&mut self, components: &mut Iter<'_, f64>) {
                let ($($element,)+) = self;
                $($element.write_from(components);)+
            }
        }
    )*};
}

tuples!((A) (A B) (A B C) (A B C D) (A B C D E) (A B C D E F) (A B C D E F G) (A B C D E F G H));
