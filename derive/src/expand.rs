//! The pipeline, all phases in order.

use crate::adjoint::{self, Tables, storage};
use crate::analysis::{activity, owners, recorded, reshaped, selected};
use crate::args::Args;
use crate::desugar;
use crate::diag::Errors;
use crate::dump::Dump;
use crate::emit::{self, Unit};
use crate::ir::{Function, Ty, print};
use crate::lower;
use crate::names::Names;
use crate::resolve;
use crate::signature::{Param, Signature};
use proc_macro2::TokenStream;
use quote::quote;

/// Expands `#[backprop(attr)] item`: the function as written, and its derivatives beside it.
pub fn expand(attr: TokenStream, item: TokenStream) -> TokenStream {
    let mut dump = Dump::asked_for();
    let expansion = expand_dumping(attr, item, &mut dump);
    dump.print();
    expansion
}

/// The same, with the phases noted in `dump`.
pub fn expand_dumping(attr: TokenStream, item: TokenStream, dump: &mut Dump) -> TokenStream {
    let mut errors = Errors::default();
    let args = Args::parse(attr, &mut errors);
    let mut function = match parse_function(item.clone()) {
        Ok(function) => function,
        Err(error) => {
            errors.push(error);
            let errors = errors.into_compile_errors();
            return quote!(#item #errors);
        }
    };
    let mut names = Names::avoiding(item);
    let mut signature = Signature::read(&mut function, &args, &mut names, &mut errors);
    let stands_alone = signature.can_stand_alone(&function);
    // The body is looked at even if the signature was refused, so that one run reports everything.
    let derivative = if stands_alone { derive(&function, &mut signature, names, &mut errors, dump) } else { None };
    match derivative {
        Some(derivative) => quote!(#function #derivative),
        None => {
            let stub = stands_alone.then(|| emit::stub(&signature));
            let errors = errors.into_compile_errors();
            quote!(#function #stub #errors)
        }
    }
}

fn parse_function(item: TokenStream) -> syn::Result<syn::ItemFn> {
    syn::parse2(item.clone()).map_err(|error| {
        if syn::parse2::<syn::Item>(item.clone()).is_ok() {
            let message = "`#[backprop]` goes on a function: put it on the functions whose gradient you need";
            syn::Error::new_spanned(item, message)
        } else {
            error
        }
    })
}

/// The generated item, or `None` if something in the body was refused.
fn derive(
    function: &syn::ItemFn,
    signature: &mut Signature,
    mut names: Names,
    errors: &mut Errors,
    dump: &mut Dump,
) -> Option<TokenStream> {
    let mut resolved = function.clone();
    signature.name_parameters(&mut resolved);
    desugar::desugar(&mut resolved, &signature.output_ty(), &mut names, errors);
    resolve::resolve(&mut resolved, &mut names);
    let lowered = lower::lower(signature, &resolved.block, &names, errors);
    if !errors.is_empty() {
        return None;
    }
    dump.begin(&signature.name);
    let (function, mut names) = (lowered.function, lowered.names);
    if signature.output_ty() == Ty::Unknown {
        signature.is_scalar = function.result_is_scalar();
    }
    note_reshaped(signature, &function);
    dump.phase("lower", || print::function(&function, &|_| String::new()));

    let activity = activity::analyse(&function, signature, &lowered.varied);
    let owners = owners::find(&function);
    // A function that also writes through `&mut` may be called for that alone.
    let result_certain = !signature.differentiable().any(Param::is_mutable_ref);
    let selected = selected::analyse(&function, &owners, result_certain);
    let tables = Tables { function: &function, activity: &activity, owners: &owners, selected: &selected };
    dump.phase("activity", || print::function(&function, &|stmt| tables.describe(stmt)));

    let reverse = adjoint::reverse(&tables, &mut names);
    dump.phase("adjoint", || print::reverse(&function, &reverse.bars, &reverse.body));

    let recorded = recorded::analyse(&function, &owners, &reverse);
    dump.phase("recorded", || print::function(&function, &|stmt| recorded.describe(&function, stmt)));

    let storage = storage::plan(&tables, &recorded, &reverse, &mut names);
    let unit = Unit {
        signature,
        function: &function,
        activity: &activity,
        recorded: &recorded,
        storage: &storage,
        reverse: &reverse,
    };
    let item = emit::item(&unit, &names);
    dump.phase("emit", || print::tokens(&item));
    Some(item)
}

/// Whether a `&mut` parameter may be left with another length shows in the body.
fn note_reshaped(signature: &mut Signature, function: &Function) {
    let reshaped = reshaped::variables(function);
    for (param, var) in signature.params.iter_mut().zip(&function.params) {
        param.reshaped = param.is_mutable_ref() && reshaped.contains(var);
    }
}
