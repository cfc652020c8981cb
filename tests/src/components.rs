//! The floats in a value, in order: numbers to perturb in an argument, to seed in an adjoint, to compare in a result.

use backprop::components::Path;
use std::slice::Iter;

pub use backprop::components::Components;

pub fn read<T: Components + ?Sized>(value: &T, components: &mut Vec<f64>) {
    value.visit(&mut Path::new(), &mut |_, component| components.push(component.to_f64()));
}

pub fn write<T: Components + ?Sized>(value: &mut T, components: &mut Iter<'_, f64>) {
    value.visit_mut(&mut Path::new(), &mut |_, component| {
        component.set(*components.next().expect("a component for each float"));
    });
}

pub fn duplicate<T: Clone>(value: &T) -> T {
    value.clone()
}
