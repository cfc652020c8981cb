//! The options of the attribute: `#[backprop(constant(a, b), name = loss_ad)]`.

use crate::diag::Errors;
use proc_macro2::{Ident, TokenStream};
use syn::parse::{Parse, ParseStream, Parser};
use syn::punctuated::Punctuated;
use syn::{Token, parenthesized};

#[derive(Default)]
pub struct Args {
    /// Parameters without a derivative.
    pub constants: Vec<Ident>,
    /// The name of the generated item, if not the function's.
    pub name: Option<Ident>,
}

enum Option_ {
    Constant(Ident, Vec<Ident>),
    Name(Ident, Ident),
}

impl Parse for Option_ {
    fn parse(input: ParseStream) -> syn::Result<Self> {
        let key: Ident = input.parse()?;
        match key.to_string().as_str() {
            "constant" => {
                let list;
                parenthesized!(list in input);
                let names = Punctuated::<Ident, Token![,]>::parse_terminated(&list)?;
                Ok(Option_::Constant(key, names.into_iter().collect()))
            }
            "name" => {
                input.parse::<Token![=]>()?;
                Ok(Option_::Name(key, input.parse()?))
            }
            _ => {
                skip_option(input)?;
                let message = format!("unknown option `{key}`: the options are `constant(a, b)` and `name = new_name`");
                Err(syn::Error::new(key.span(), message))
            }
        }
    }
}

/// Reads on to the next comma, so that further options are checked as well.
fn skip_option(input: ParseStream) -> syn::Result<()> {
    while !input.is_empty() && !input.peek(Token![,]) {
        input.parse::<proc_macro2::TokenTree>()?;
    }
    Ok(())
}

impl Args {
    pub fn parse(tokens: TokenStream, errors: &mut Errors) -> Args {
        let mut args = Args::default();
        let mut seen_constant = false;
        let parse = |input: ParseStream| {
            while !input.is_empty() {
                match input.parse::<Option_>() {
                    Ok(Option_::Constant(key, _)) if seen_constant => {
                        errors
                            .at(key.span(), "`constant` is given twice: list all names in one, as in `constant(a, b)`");
                    }
                    Ok(Option_::Constant(_, names)) => {
                        seen_constant = true;
                        args.constants = names;
                    }
                    Ok(Option_::Name(key, _)) if args.name.is_some() => {
                        errors.at(key.span(), "`name` is given twice: keep one");
                    }
                    Ok(Option_::Name(_, name)) => args.name = Some(name),
                    Err(error) => {
                        errors.push(error);
                        skip_option(input)?;
                    }
                }
                if !input.is_empty() {
                    input.parse::<Token![,]>()?;
                }
            }
            Ok(())
        };
        if let Err(error) = parse.parse2(tokens) {
            errors.push(error);
        }
        args
    }
}
