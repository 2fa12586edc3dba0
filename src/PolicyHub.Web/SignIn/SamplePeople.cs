using System.Collections.Immutable;
using PolicyHub.Records.People;

namespace PolicyHub.Web.SignIn;

/// <summary>People of Riverton to sign in as in Development, one a role.</summary>
internal static class SamplePeople
{
    /// <summary>The slug in the address of each, and who it is.</summary>
    public static ImmutableArray<(string Slug, Person Person)> All { get; } =
    [
        Of(1, "reader", "Teresa Nguyen", "utility-billing", "counter"),
        Of(2, "lead", "Sam Rivera", "customer-service", "leads", ["supervisors"], ["customer-service-lead"], "lead desk:customer-service"),
        Of(3, "author", "Maria Lopez", "utility-billing", "supervisors", ["supervisors"], ["billing-lead"], "author folder:policies/utility-billing", "lead desk:utility-billing"),
        Of(4, "approver", "Priya Nair", "", "supervisors", ["supervisors"], ["finance-director"], "approver folder:policies"),
        Of(5, "auditor", "Ben Sato", "city-clerk", "supervisors", [], ["records-officer"], "auditor"),
        Of(6, "administrator", "Owen Price", "", "all-staff", [], ["it-manager"], "administrator"),
    ];

    private static (string Slug, Person Person) Of(byte number, string slug, string name, string desk, string audience, string[]? groups = null, string[]? positions = null, params string[] grants) => (slug, new Person
    {
        Id = new Guid(0, 0, 0, [0x80, 0, 0, 0, 0, 0, 0, number]),
        Name = name,
        UserName = "sample-" + slug,
        NormalizedUserName = "SAMPLE-" + slug.ToUpperInvariant(),
        Source = PersonSource.Sample,
        Desk = desk,
        Audience = audience,
        Groups = [.. groups ?? []],
        Positions = [.. positions ?? []],
        Grants = grants.Select(Grant.TryParse).OfType<Grant>(),
        SecurityStamp = slug,
    });
}
