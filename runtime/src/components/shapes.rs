//! Which floats the shapes of the standard library have.

use std::marker::PhantomData;

use super::{Component, ComponentMut, Components, Path, Segment};

macro_rules! floats {
    ($($float:ident $variant:ident)*) => {$(
        #[diagnostic::do_not_recommend]
        impl Components for $float {
            fn visit(&self, path: &mut Path, visit: &mut dyn FnMut(&Path, Component)) {
                visit(path, Component::$variant(*self));
            }

            fn visit_mut(&mut self, path: &mut Path, visit: &mut dyn FnMut(&Path, ComponentMut<'_>)) {
                visit(path, ComponentMut::$variant(self));
            }
        }
    )*};
}

floats!(f32 F32 f64 F64);

impl<T: Components> Components for [T] {
    fn visit(&self, path: &mut Path, visit: &mut dyn FnMut(&Path, Component)) {
        for (i, element) in self.iter().enumerate() {
            path.within(Segment::Index(i), |path| element.visit(path, visit));
        }
    }

    fn visit_mut(&mut self, path: &mut Path, visit: &mut dyn FnMut(&Path, ComponentMut<'_>)) {
        for (i, element) in self.iter_mut().enumerate() {
            path.within(Segment::Index(i), |path| element.visit_mut(path, visit));
        }
    }
}

impl<T: Components, const N: usize> Components for [T; N] {
    fn visit(&self, path: &mut Path, visit: &mut dyn FnMut(&Path, Component)) {
        self.as_slice().visit(path, visit);
    }

    fn visit_mut(&mut self, path: &mut Path, visit: &mut dyn FnMut(&Path, ComponentMut<'_>)) {
        self.as_mut_slice().visit_mut(path, visit);
    }
}

impl<T: Components> Components for Vec<T> {
    fn visit(&self, path: &mut Path, visit: &mut dyn FnMut(&Path, Component)) {
        self.as_slice().visit(path, visit);
    }

    fn visit_mut(&mut self, path: &mut Path, visit: &mut dyn FnMut(&Path, ComponentMut<'_>)) {
        self.as_mut_slice().visit_mut(path, visit);
    }
}

impl<T: Components> Components for Option<T> {
    fn visit(&self, path: &mut Path, visit: &mut dyn FnMut(&Path, Component)) {
        if let Some(content) = self {
            path.within(Segment::Some, |path| content.visit(path, visit));
        }
    }

    fn visit_mut(&mut self, path: &mut Path, visit: &mut dyn FnMut(&Path, ComponentMut<'_>)) {
        if let Some(content) = self {
            path.within(Segment::Some, |path| content.visit_mut(path, visit));
        }
    }
}

/// Under the paths of its gradient, which is an `Option`.
impl<T: Components, E> Components for Result<T, E> {
    fn visit(&self, path: &mut Path, visit: &mut dyn FnMut(&Path, Component)) {
        if let Ok(content) = self {
            path.within(Segment::Some, |path| content.visit(path, visit));
        }
    }

    fn visit_mut(&mut self, path: &mut Path, visit: &mut dyn FnMut(&Path, ComponentMut<'_>)) {
        if let Ok(content) = self {
            path.within(Segment::Some, |path| content.visit_mut(path, visit));
        }
    }
}

/// What stands at one remove has its components under the same paths.
macro_rules! pointers {
    ($($pointer:ty)*) => {$(
        impl<T: Components + ?Sized> Components for $pointer {
            fn visit(&self, path: &mut Path, visit: &mut dyn FnMut(&Path, Component)) {
                (**self).visit(path, visit);
            }

            fn visit_mut(&mut self, path: &mut Path, visit: &mut dyn FnMut(&Path, ComponentMut<'_>)) {
                (**self).visit_mut(path, visit);
            }
        }
    )*};
}

pointers!(Box<T> &mut T);

/// What cannot vary has no components.
macro_rules! discrete {
    ($($discrete:ty)*) => {$(
        #[diagnostic::do_not_recommend]
        impl Components for $discrete {
            fn visit(&self, _: &mut Path, _: &mut dyn FnMut(&Path, Component)) {}

            fn visit_mut(&mut self, _: &mut Path, _: &mut dyn FnMut(&Path, ComponentMut<'_>)) {}
        }
    )*};
}

discrete!(() bool char str String u8 u16 u32 u64 u128 usize i8 i16 i32 i64 i128 isize);

impl<T: ?Sized> Components for PhantomData<T> {
    fn visit(&self, _: &mut Path, _: &mut dyn FnMut(&Path, Component)) {}

    fn visit_mut(&mut self, _: &mut Path, _: &mut dyn FnMut(&Path, ComponentMut<'_>)) {}
}

macro_rules! tuples {
    ($(($($part:ident $position:tt)+))*) => {$(
        impl<$($part: Components),+> Components for ($($part,)+) {
            fn visit(&self, path: &mut Path, visit: &mut dyn FnMut(&Path, Component)) {
                $(path.within(Segment::Position($position), |path| self.$position.visit(path, visit));)+
            }

            fn visit_mut(&mut self, path: &mut Path, visit: &mut dyn FnMut(&Path, ComponentMut<'_>)) {
                $(path.within(Segment::Position($position), |path| self.$position.visit_mut(path, visit));)+
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
