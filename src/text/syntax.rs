//! What a catalogue's messages are made of: their variables and the messages they refer to.

use std::collections::BTreeSet;

use fluent_bundle::FluentResource;
use fluent_syntax::ast::{CallArguments, Entry, Expression, InlineExpression, Pattern, PatternElement};

/// A message, or one of its attributes, and what it needs.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Shape {
    /// `message` or `message.attribute`; a term begins with `-`.
    pub id: String,
    /// The variables that it inserts or chooses by, without the `$`.
    pub variables: BTreeSet<String>,
    /// The messages and terms that it refers to.
    pub references: BTreeSet<String>,
    /// The text between the placeables, of every variant.
    pub words: Vec<String>,
}

/// The messages and terms of a catalogue file, in order.
pub fn shapes(resource: &FluentResource) -> Vec<Shape> {
    let mut shapes = Vec::new();
    for entry in resource.entries() {
        let (id, value, attributes) = match entry {
            Entry::Message(message) => (message.id.name.to_owned(), message.value.as_ref(), &message.attributes),
            Entry::Term(term) => (format!("-{}", term.id.name), Some(&term.value), &term.attributes),
            Entry::Comment(_) | Entry::GroupComment(_) | Entry::ResourceComment(_) | Entry::Junk { .. } => continue,
        };
        shapes.extend(attributes.iter().map(|attribute| Shape::of(format!("{id}.{}", attribute.id.name), &attribute.value)));
        shapes.extend(value.map(|pattern| Shape::of(id, pattern)));
    }
    shapes
}

impl Shape {
    /// What the pattern of `id` needs.
    pub fn of(id: String, pattern: &Pattern<&str>) -> Self {
        let mut shape = Self { id, variables: BTreeSet::new(), references: BTreeSet::new(), words: Vec::new() };
        shape.pattern(pattern);
        shape
    }

    fn pattern(&mut self, pattern: &Pattern<&str>) {
        for element in &pattern.elements {
            match element {
                PatternElement::TextElement { value } => self.words.push((*value).to_owned()),
                PatternElement::Placeable { expression } => self.expression(expression),
            }
        }
    }

    fn expression(&mut self, expression: &Expression<&str>) {
        match expression {
            Expression::Inline(inline) => self.inline(inline),
            Expression::Select { selector, variants } => {
                self.inline(selector);
                variants.iter().for_each(|variant| self.pattern(&variant.value));
            }
        }
    }

    fn inline(&mut self, inline: &InlineExpression<&str>) {
        match inline {
            InlineExpression::StringLiteral { .. } | InlineExpression::NumberLiteral { .. } => {}
            InlineExpression::VariableReference { id } => {
                self.variables.insert(id.name.to_owned());
            }
            InlineExpression::MessageReference { id, .. } => {
                self.references.insert(id.name.to_owned());
            }
            InlineExpression::TermReference { id, arguments, .. } => {
                self.references.insert(format!("-{}", id.name));
                self.arguments(arguments.as_ref());
            }
            InlineExpression::FunctionReference { arguments, .. } => self.arguments(Some(arguments)),
            InlineExpression::Placeable { expression } => self.expression(expression),
        }
    }

    fn arguments(&mut self, arguments: Option<&CallArguments<&str>>) {
        let Some(arguments) = arguments else { return };
        arguments.positional.iter().for_each(|inline| self.inline(inline));
        arguments.named.iter().for_each(|named| self.inline(&named.value));
    }
}
