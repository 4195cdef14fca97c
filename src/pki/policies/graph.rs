//! Walks down a path and keeps the policies that are valid as a graph (RFC 9618 §5): one node for each policy of each
//! certificate, so that it grows no faster than the certificates themselves.

use std::collections::{BTreeMap, BTreeSet};

use super::{PolicyId, PolicyRequest, ValidPolicies};
use crate::pki::Certificate;
use crate::pki::extensions::Extensions;
use crate::pki::path::Rule;

/// A policy that is valid for the certificates down to one of them.
struct Node {
    /// Policies that stand for it in the next certificate.
    expected: BTreeSet<PolicyId>,
    /// Policies of the certificate above that it comes from.
    parents: Vec<PolicyId>,
}

impl Node {
    fn new(policy: &PolicyId, parents: Vec<PolicyId>) -> Self {
        Self { expected: BTreeSet::from([policy.clone()]), parents }
    }
}

/// All nodes of one certificate.
type Level = BTreeMap<PolicyId, Node>;

/// The state variables of RFC 5280 §6.1.2.
struct State {
    /// valid_policy_graph, without what leads nowhere being taken out; its last level is empty when the graph is NULL.
    levels: Vec<Level>,
    explicit_policy: u32,
    policy_mapping: u32,
    inhibit_any_policy: u32,
    /// The certificate that left no policy valid, and how.
    lost: Option<(Certificate, Rule)>,
}

/// Checks a path, leaf first, anchor last. What the anchor itself says about policies is not part of the path (RFC 5280 §6.1).
pub(in crate::pki) fn check(
    chain: &[Certificate],
    request: &PolicyRequest,
) -> Result<ValidPolicies, (Certificate, Rule)> {
    let below_anchor = chain.split_last().map_or(chain, |(_, below)| below);
    let longest = u32::try_from(below_anchor.len()).unwrap_or(u32::MAX).saturating_add(1);
    let initial = |now: bool| if now { 0 } else { longest };
    let any = PolicyId::any();
    let mut state = State {
        levels: vec![Level::from([(any.clone(), Node::new(&any, Vec::new()))])],
        explicit_policy: initial(request.explicit),
        policy_mapping: initial(request.inhibit_mapping),
        inhibit_any_policy: initial(request.inhibit_any),
        lost: None,
    };
    for (index, certificate) in below_anchor.iter().enumerate().rev() {
        let is_leaf = index == 0;
        state.process(certificate, is_leaf);
        if state.explicit_policy == 0 {
            state.found_any()?;
        }
        if !is_leaf {
            state.prepare(certificate)?;
        }
    }
    let Some(leaf) = below_anchor.first() else { return Ok(ValidPolicies::default()) };
    state.finish(leaf, request)
}

impl State {
    /// RFC 5280 §6.1.3 (d), (e).
    fn process(&mut self, certificate: &Certificate, is_leaf: bool) {
        let Some(above) = self.levels.last().filter(|above| !above.is_empty()) else { return };
        let extensions = certificate.extensions();
        let mut level = Level::new();
        let mut expected: BTreeMap<&PolicyId, Vec<PolicyId>> = BTreeMap::new();
        for (policy, node) in above {
            node.expected.iter().for_each(|wanted| expected.entry(wanted).or_default().push(policy.clone()));
        }
        let stated = extensions.policies.as_deref().unwrap_or_default();
        let any = PolicyId::any();
        for policy in stated.iter().filter(|policy| !policy.is_any()) {
            let from_any = || above.contains_key(&any).then(|| vec![any.clone()]);
            if let Some(parents) = expected.get(policy).cloned().or_else(from_any) {
                level.insert(policy.clone(), Node::new(policy, parents));
            }
        }
        let states_any = stated.iter().any(PolicyId::is_any);
        let any_counts = self.inhibit_any_policy > 0 || !is_leaf && certificate.is_self_issued();
        if states_any && any_counts {
            for (policy, parents) in &expected {
                level.entry((*policy).clone()).or_insert_with(|| Node::new(policy, parents.clone()));
            }
        }
        if level.is_empty() {
            let rule = if states_any && !any_counts {
                Rule::AnyPolicyInhibited { found: listed(stated) }
            } else {
                Rule::Policy { found: listed(stated), needed: listed(expected.keys().copied()) }
            };
            self.lost = Some((certificate.clone(), rule));
        }
        self.levels.push(level);
    }

    /// RFC 5280 §6.1.4 (a), (b), (h) to (j).
    fn prepare(&mut self, certificate: &Certificate) -> Result<(), (Certificate, Rule)> {
        let extensions = certificate.extensions();
        self.map(certificate, extensions)?;
        if !certificate.is_self_issued() {
            for counter in [&mut self.explicit_policy, &mut self.policy_mapping, &mut self.inhibit_any_policy] {
                *counter = counter.saturating_sub(1);
            }
        }
        for (counter, limit) in [
            (&mut self.explicit_policy, extensions.require_explicit_policy),
            (&mut self.policy_mapping, extensions.inhibit_policy_mapping),
            (&mut self.inhibit_any_policy, extensions.inhibit_any_policy),
        ] {
            *counter = limit.map_or(*counter, |limit| limit.min(*counter));
        }
        Ok(())
    }

    fn map(&mut self, certificate: &Certificate, extensions: &Extensions) -> Result<(), (Certificate, Rule)> {
        let mappings = &extensions.policy_mappings;
        if let Some((from, to)) = mappings.iter().find(|(from, to)| from.is_any() || to.is_any()) {
            return Err((certificate.clone(), Rule::MapsAnyPolicy { from: from.to_string(), to: to.to_string() }));
        }
        let Some(level) = self.levels.last_mut().filter(|level| !level.is_empty()) else { return Ok(()) };
        let any = PolicyId::any();
        let mut by_issuer: BTreeMap<&PolicyId, BTreeSet<PolicyId>> = BTreeMap::new();
        for (from, to) in mappings {
            by_issuer.entry(from).or_default().insert(to.clone());
        }
        let has_any = level.contains_key(&any);
        for (from, to) in by_issuer {
            if self.policy_mapping == 0 {
                level.remove(from);
            } else if let Some(node) = level.get_mut(from) {
                node.expected = to;
            } else if has_any {
                level.insert(from.clone(), Node { expected: to, parents: vec![any.clone()] });
            }
        }
        if level.is_empty() {
            let found = mappings.iter().map(|(from, to)| format!("{from} → {to}")).collect();
            self.lost = Some((certificate.clone(), Rule::PolicyMappingInhibited { found }));
        }
        Ok(())
    }

    /// Whether a policy is valid still.
    fn found_any(&self) -> Result<(), (Certificate, Rule)> {
        match &self.lost {
            Some(lost) => Err(lost.clone()),
            None => Ok(()),
        }
    }

    /// RFC 5280 §6.1.5 (a), (b), (g).
    fn finish(&mut self, leaf: &Certificate, request: &PolicyRequest) -> Result<ValidPolicies, (Certificate, Rule)> {
        self.explicit_policy = self.explicit_policy.saturating_sub(1);
        if leaf.extensions().require_explicit_policy == Some(0) {
            self.explicit_policy = 0;
        }
        let authority = self.authority_constrained();
        let user = match &request.acceptable {
            Some(acceptable) if !acceptable.contains(&PolicyId::any()) => {
                let all = authority.contains(&PolicyId::any());
                acceptable.iter().filter(|policy| all || authority.contains(policy)).cloned().collect()
            }
            _ => authority.clone(),
        };
        let explicit = self.explicit_policy == 0;
        if explicit && user.is_empty() {
            self.found_any()?;
            let needed = listed(request.acceptable.iter().flatten());
            return Err((leaf.clone(), Rule::Policy { found: listed(&authority), needed }));
        }
        Ok(ValidPolicies { explicit, authority, user })
    }

    /// The policies that the first authorities named and that lead down to the leaf.
    fn authority_constrained(&self) -> BTreeSet<PolicyId> {
        let any = PolicyId::any();
        let mut found = BTreeSet::new();
        let mut reached: BTreeSet<&PolicyId> = self.levels.last().into_iter().flat_map(BTreeMap::keys).collect();
        if reached.contains(&any) {
            found.insert(any);
        }
        for level in self.levels.iter().skip(1).rev() {
            let mut above = BTreeSet::new();
            for policy in reached {
                let Some(node) = level.get(policy) else { continue };
                let from_any = node.parents.iter().any(PolicyId::is_any);
                if from_any && !policy.is_any() {
                    found.insert(policy.clone());
                } else {
                    above.extend(&node.parents);
                }
            }
            reached = above;
        }
        found
    }
}

fn listed<'a>(policies: impl IntoIterator<Item = &'a PolicyId>) -> Vec<String> {
    policies.into_iter().map(ToString::to_string).collect()
}
