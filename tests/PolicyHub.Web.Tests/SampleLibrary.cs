using PolicyHub.Testing;

namespace PolicyHub.Web.Tests;

/// <summary>The library of <see cref="SampleSite"/>, as a history.</summary>
internal static class SampleLibrary
{
    public static TestRepository Create() => new TestRepository()
        .Commit("Settings and desks", commit => commit.At("2026-01-05 15:00")
            .Write("library.yml", Settings)
            .Write("desks/billing.md", BillingDesk)
            .Write("desks/water.md", "---\ntitle: Water crew\nphone: 555-0120\nextension: 2120\nhours: 24/7\n---\nCrews.\n")
            .Write("emergency.md", "# Emergency\n\nDial 911.\n"))
        .Commit("Late fees begin", commit => commit.At("2026-01-06 15:00")
            .Write("policies/penalties.md", "---\nid: UB-014\ntitle: Penalties\n---\nOld text about a late fee.\n"))
        .Commit("Call it late fees", commit => commit.At("2026-01-07 15:00").Move("policies/penalties.md", "policies/late-fees.md"))
        .Commit("Seniors get one waiver a year", commit => commit.At("2026-02-02 15:00")
            .Write("policies/late-fees.md", LateFees)
            .Write("policies/payment-plans.md", PaymentPlans)
            .Write("policies/secret.md", "---\ntitle: Secret guideline\naccess: leads\n---\nThe zanzibar rule.\n"))
        .Commit("Kinds", commit => commit.At("2026-02-03 15:00")
            .Write("charter.md", Charter)
            .Write("process.md", Process)
            .Write("standard.md", Standard)
            .Write("authority.md", Authority)
            .Write("forms/u-15.md", "---\ntitle: Leak form\nkind: form\nfile: u-15.svg\nsample: u-15.pdf\n---\nFill it in.\n")
            .Write("forms/u-15.svg", SampleSite.ActiveSvg)
            .Write("forms/u-15.pdf", "%PDF-1.4\n")
            .Write("forms/macro.html", "<script>alert(1)</script>")
            .Write("terms/past-due.md", "---\ntitle: Past due\nkind: term\nplain: past due\ninstead-of: [delinquent, in arrears]\n---\nKinder and clear.\n")
            .Write("systems/ledger.md", "---\ntitle: Ledger\nkind: system\nfor: Bills and payments\nurl: https://ledger.riverton.example/\naccess-by: Billing lead\nwhen-down: Take the number and call back.\n---\nText.\n")
            .Write("notices/freeze.md", Freeze)
            .Write("notices/parade.md", "---\ntitle: Parade on Main Street\nkind: notice\nfrom: 2026-03-14 08:00\nuntil: 2026-03-14 14:00\n---\nRoads close.\n"))
        .Commit("A plan for the summer", commit => commit.At("2026-02-20 15:00")
            .Write("policies/payment-plans.md", PaymentPlans.Replace("---\nWho", "effective: 2026-06-01\n---\nWho", StringComparison.Ordinal)))
        .Commit("Break one", commit => commit.At("2026-02-21 15:00")
            .Write("standard.md", "---\ntitle: [broken\n---\nGone wrong.\n"));

    private const string Settings = """
        name: City of Riverton
        short-name: Riverton
        timezone: America/Chicago
        emergency: emergency.md
        kinds:
          policies: policy
          desks: desk
        areas:
          policies: Bills and rules
        audiences:
          counter: Counter
          phone: Phone
        positions:
          billing-lead: { title: Billing Lead, held-by: [Maria Lopez] }
        words:
          home.title: What can we find for you?
        """;

    private const string BillingDesk = """
        ---
        title: Utility Billing
        phone: 555-0110
        extension: 2110
        hours:
          - Mon-Fri 08:00-17:00
        closed:
          - { date: 2026-03-06, why: Stock-taking }
        transfer: Dial 2110 and say the account number.
        covered-by: water
        handles: [Bills, Late fees]
        not-ours:
          - { topic: Gas bill, who: Valley Gas, phone: 555-0102 }
        ---
        One bill covers all.
        """;

    private const string LateFees = """
        ---
        id: UB-014
        title: Late fees
        desk: billing
        owner: billing-lead
        audience: [counter, phone]
        tags: [billing]
        also-known-as: [penalty, overdue charge]
        legal-basis: Riverton City Code 13.08
        review-by: 2026-09-01
        redirect_from: [/old/late-fees/]
        answers:
          - ask: Can we waive a late fee?
            say: Yes, once in 12 months.
            only-if: The account holder is 65 or over.
            section: waivers
        ---
        A bill is late after 21 days.

        ## Waivers

        One late fee may be waived. See [payment plans](payment-plans.md).

        ## Limits

        | Role | May |
        |---|---|
        | Counter | $25 |

        ## Why <b>bold</b>

        Fairness.
        """;

    private const string PaymentPlans = """
        ---
        title: Payment plans
        desk: billing
        ---
        Who cannot pay at once may pay in parts.
        """;

    private const string Charter = """
        ---
        title: Customer service charter
        kind: charter
        promises:
          - promise: We answer your call within 60 seconds.
            made-by: [billing]
            kept-by: [water]
            measure: Share of calls
            target: 80 %
        ---
        Our promises.
        """;

    private const string Process = """
        ---
        title: The GUEST process
        kind: process
        steps:
          - letter: G
            name: Greet
            do:
              counter: [Look up.]
              phone: [Say your name.]
            say:
              phone: [Good morning.]
        ---
        Five steps.
        """;

    private const string Standard = """
        ---
        title: Service standard
        kind: standard
        basic:
          counter: [Greets within 2 minutes.]
        exceptional:
          counter: [Walks along to the right window.]
        ---
        How we serve.
        """;

    private const string Authority = """
        ---
        title: What you can decide
        kind: authority
        limits:
          - { role: counter, may: Waive a late fee, up-to: $25, per: 12 months, above-it: billing-lead }
        ---
        Decide it yourself.
        """;

    private const string Freeze = """
        ---
        title: Fees are frozen this week
        kind: notice
        from: 2026-03-02
        until: 2026-03-04
        say: No late fee is added this week.
        do-not-promise: That fees of last week are taken back.
        overrides: [policies/late-fees.md]
        ---
        Because of the storm.
        """;
}
