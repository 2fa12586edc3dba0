using System.Collections.Immutable;
using System.Security.Claims;
using System.Text;
using System.Text.Json;

namespace PolicyHub.Web.SignIn.Oidc;

/// <summary>Reads a person out of the claims of a validated ID token. A pure function of claims and settings.</summary>
public static class ClaimsMapping
{
    private const int LongestName = 200;
    private const int LongestMail = 254;

    /// <summary>The roles that a claim can give.</summary>
    public static ImmutableArray<string> RoleNames { get; } = ["reader", "lead", "author", "approver", "auditor", "administrator"];

    private static readonly string[] ScopedRoles = ["lead", "author", "approver"];
    private static readonly string[] Scopes = ["desk:", "folder:"];

    /// <param name="principal">What the provider says; <c>iss</c> and <c>sub</c> have been checked.</param>
    /// <param name="provider">The scheme that the person came by.</param>
    public static ExternalIdentity Read(ClaimsPrincipal principal, OidcSettings settings, string provider)
    {
        var subject = SubjectOf(principal.FindFirstValue("iss") ?? "", principal.FindFirstValue("sub") ?? "", principal.FindFirstValue("oid"), principal.FindFirstValue("tid"));
        var name = Plain(First(principal, settings.NameClaim) ?? First(principal, "preferred_username"), LongestName);
        return new ExternalIdentity
        {
            Provider = provider,
            Subject = subject,
            Name = name ?? Plain(principal.FindFirstValue("sub"), 8) ?? "",
            Mail = Plain(First(principal, settings.MailClaim), LongestMail),
            Roles = [.. Mapped(principal, settings.RolesClaim, settings.Roles).SelectMany(Grants).Distinct()],
            Groups = [.. Mapped(principal, settings.GroupsClaim, settings.Groups).Distinct(StringComparer.Ordinal)],
            GroupsLeftOut = IsLeftOut(principal, settings.GroupsClaim),
            Positions = [.. Mapped(principal, settings.PositionsClaim, settings.Positions).Distinct(StringComparer.Ordinal)],
            Desk = Slug(First(principal, settings.DeskClaim)),
            Audience = Slug(First(principal, settings.AudienceClaim)),
        };
    }

    /// <summary>
    /// What a person is known by: tenant and object for Entra, whose <c>sub</c> differs from client to client, else issuer and subject.
    /// An issuer is Entra's in form where it names the tenant; it has been validated, so no other provider can borrow such a key.
    /// </summary>
    public static string SubjectOf(string issuer, string subject, string? objectId, string? tenant) =>
        objectId is { Length: > 0 } && tenant is { Length: > 0 } && issuer.EndsWith($"/{tenant}/v2.0", StringComparison.OrdinalIgnoreCase)
            ? $"{tenant.ToLowerInvariant()} {objectId.ToLowerInvariant()}"
            : $"{issuer} {subject}";

    /// <summary>Reads <c>role</c> or <c>role:scope</c>, with commas between; false where any of them is none.</summary>
    public static bool TryReadGrants(string text, out IReadOnlyList<ExternalGrant> grants)
    {
        var read = new List<ExternalGrant>();
        foreach (var part in text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var colon = part.IndexOf(':', StringComparison.Ordinal);
            var (role, scope) = colon < 0 ? (part, "") : (part[..colon], part[(colon + 1)..]);
            var isScope = Scopes.Any(kind => scope.StartsWith(kind, StringComparison.Ordinal) && scope.Length > kind.Length);
            if (!RoleNames.Contains(role) || (colon >= 0 && !(isScope && ScopedRoles.Contains(role))))
            {
                grants = [];
                return false;
            }

            read.Add(new ExternalGrant(role, scope));
        }

        grants = read;
        return read.Count > 0;
    }

    private static IReadOnlyList<ExternalGrant> Grants(string text) => TryReadGrants(text, out var grants) ? grants : [];

    private static IEnumerable<string> Mapped(ClaimsPrincipal principal, string? claim, IDictionary<string, string> map) =>
        string.IsNullOrEmpty(claim) || IsLeftOut(principal, claim) ? [] : Values(principal, claim).Select(value => map.TryGetValue(value, out var mapped) ? mapped : "").Where(mapped => mapped.Length > 0);

    private static string? First(ClaimsPrincipal principal, string? claim) => string.IsNullOrEmpty(claim) ? null : Values(principal, claim).FirstOrDefault();

    /// <summary>The values of a claim by its name; else a name with dots is a path into a claim that is an object.</summary>
    private static IEnumerable<string> Values(ClaimsPrincipal principal, string claim)
    {
        var named = principal.FindAll(claim).Select(one => one.Value).ToList();
        return named.Count > 0 || claim.Split('.') is not [var outer, .. { Length: > 0 } path] ? named
            : principal.FindFirstValue(outer) is { } json ? Inside(json, path)
            : named;
    }

    private static IReadOnlyList<string> Inside(string json, string[] path)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            var found = document.RootElement;
            foreach (var step in path)
            {
                if (found.ValueKind != JsonValueKind.Object || !found.TryGetProperty(step, out found))
                {
                    return [];
                }
            }

            return found.ValueKind switch
            {
                JsonValueKind.String => [found.GetString()!],
                JsonValueKind.Array => [.. found.EnumerateArray().Where(one => one.ValueKind == JsonValueKind.String).Select(one => one.GetString()!)],
                _ => [],
            };
        }
        catch (JsonException)
        {
            return [];
        }
    }

    /// <summary>
    /// Entra leaves a claim out that would be too long (about 200 groups) and says where to ask instead: <c>_claim_names</c>, or <c>hasgroups</c>.
    /// Some of them without the others would be no answer, so a claim named there has no value at all.
    /// </summary>
    private static bool IsLeftOut(ClaimsPrincipal principal, string claim) =>
        principal.FindFirstValue("_claim_names") is { } names && Names(names, claim)
        || (claim == "groups" && principal.FindFirstValue("hasgroups") is { } has && !has.Equals("false", StringComparison.OrdinalIgnoreCase));

    private static bool Names(string json, string claim)
    {
        try
        {
            using var names = JsonDocument.Parse(json);
            return names.RootElement.ValueKind != JsonValueKind.Object || names.RootElement.TryGetProperty(claim, out _);
        }
        catch (JsonException)
        {
            return true;
        }
    }

    private static string? Plain(string? text, int longest)
    {
        var plain = string.Concat((text ?? "").Where(letter => !char.IsControl(letter))).Trim();
        return plain.Length == 0 ? null : plain.Length <= longest ? plain : plain[..longest];
    }

    private static string? Slug(string? text)
    {
        var slug = new StringBuilder();
        foreach (var letter in Plain(text, LongestName) ?? "")
        {
            if (char.IsLetterOrDigit(letter))
            {
                slug.Append(char.ToLowerInvariant(letter));
            }
            else if (slug.Length > 0 && slug[^1] != '-')
            {
                slug.Append('-');
            }
        }

        return slug.ToString().TrimEnd('-') is { Length: > 0 } made ? made : null;
    }
}
