using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using PolicyHub.Records.People;

namespace PolicyHub.Web.SignIn.Oidc;

/// <summary>Reads a person out of the claims of a validated ID token. A pure function of claims and settings.</summary>
public static class ClaimsMapping
{
    private const int LongestName = 200;
    private const int LongestMail = 254;

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
            Roles = [.. Mapped(principal, settings.RolesClaim, settings.Roles).SelectMany(GrantsIn).Distinct()],
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

    /// <summary>The number of a person here, by what they are known by there: the same at every sign-in, in every process.</summary>
    public static Guid PersonOf(string subject) => new(SHA256.HashData(Encoding.UTF8.GetBytes($"{OidcServices.Scheme} {subject}")).AsSpan(0, 16));

    /// <summary>Reads <c>role</c> or <c>role:scope</c>, with commas between; false where any of them is none.</summary>
    public static bool TryReadGrants(string text, out IReadOnlyList<Grant> grants)
    {
        var read = text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(ReadGrant).ToList();
        grants = read.Contains(null) ? [] : [.. read.OfType<Grant>()];
        return grants.Count > 0;
    }

    /// <summary>In settings a colon stands where <see cref="Grant"/> has a space, which an environment variable carries badly.</summary>
    private static Grant? ReadGrant(string text) =>
        text.IndexOf(':', StringComparison.Ordinal) is var colon and >= 0
            ? colon == text.Length - 1 ? null : Grant.TryParse($"{text[..colon]} {text[(colon + 1)..]}")
            : Grant.TryParse(text);

    private static IReadOnlyList<Grant> GrantsIn(string text) => TryReadGrants(text, out var grants) ? grants : [];

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
