using PolicyHub.Content.Documents;

namespace PolicyHub.Content.Tests.Documents;

public sealed class KindFieldsTests
{
    [Fact]
    public void Read_Desk_TakesPhoneHoursAndClosedDays()
    {
        var desk = Details<DeskDetails>("""
            kind: desk
            phone: 555-0110
            extension: 2110
            email: billing@riverton.example
            hours: [Mon-Fri 08:00-17:00, "Sat 9:00-12:00"]
            closed:
              - 2026-12-24
              - { date: 2026-12-31, why: Inventory }
            transfer: Dial 2110.
            address: 100 Main Street
            languages: [English, Spanish]
            after-hours: Call again.
            covered-by: customer-service
            handles: [Bills, Refunds]
            not-ours:
              - { topic: Gas, who: Valley Gas, phone: 555-0102 }
            """);

        Assert.Equal(("555-0110", "2110", "billing@riverton.example"), (desk.Phone, desk.Extension, desk.Email));
        Assert.Equal(6, desk.Hours.Spans.Length);
        Assert.Equal([new ClosedDay(new DateOnly(2026, 12, 24), null), new ClosedDay(new DateOnly(2026, 12, 31), "Inventory")], desk.Hours.Closed);
        Assert.Equal(("Dial 2110.", "100 Main Street", "Call again.", "customer-service"), (desk.Transfer, desk.Address, desk.AfterHours, desk.CoveredBy));
        Assert.Equal(["English", "Spanish"], desk.Languages);
        Assert.Equal(["Bills", "Refunds"], desk.Handles);
        Assert.Equal([new NotOurs("Gas", "Valley Gas", "555-0102")], desk.NotOurs);
    }

    [Fact]
    public void Read_DeskWithoutHours_IsUnknownNotClosed() => Assert.False(Details<DeskDetails>("kind: desk").Hours.IsKnown);

    [Fact]
    public void Read_Charter_TakesPromises()
    {
        var promise = Assert.Single(Details<CharterDetails>("""
            kind: charter
            promises:
              - promise: We answer within 60 seconds.
                made-by: customer-service
                kept-by: [customer-service, utility-billing]
                topic: phone-answer
                within: 60 seconds
                measure: Share of calls
                source: Switchboard
                target: 80%
                if-missed: We move a person.
                confirmed: 2026-11-16
            """).Promises);

        Assert.Equal("We answer within 60 seconds.", promise.Text);
        Assert.Equal(["customer-service"], promise.MadeBy);
        Assert.Equal(["customer-service", "utility-billing"], promise.KeptBy);
        Assert.Equal(("phone-answer", "60 seconds", "Share of calls", "Switchboard", "80%"), (promise.Topic, promise.Within, promise.Measure, promise.Source, promise.Target));
        Assert.Equal(("We move a person.", new DateOnly(2026, 11, 16)), (promise.IfMissed, promise.Confirmed));
    }

    [Fact]
    public void Read_Process_TakesStepsByChannel()
    {
        var step = Assert.Single(Details<ProcessDetails>("""
            kind: process
            steps:
              - letter: G
                name: Greet
                do:
                  counter: [Look up, Stop typing]
                  phone: Answer.
                say: Hello.
            """).Steps);

        Assert.Equal(("G", "Greet"), (step.Letter, step.Name));
        Assert.Equal(["counter", "phone"], step.Do.Select(lines => lines.Channel));
        Assert.Equal(["Look up", "Stop typing"], step.Do[0].Lines);
        Assert.Equal([("", "Hello.")], step.Say.Select(lines => (lines.Channel, lines.Lines[0])));
    }

    [Fact]
    public void Read_Standard_TakesListsAndTimes()
    {
        var standard = Details<StandardDetails>("kind: standard\nbasic: [Greets]\nexceptional:\n  phone: [Calls back]\ntimes:\n  email-reply: 2 working days\n");

        Assert.Equal("Greets", standard.Basic.Single().Lines.Single());
        Assert.Equal(("phone", "Calls back"), (standard.Exceptional.Single().Channel, standard.Exceptional.Single().Lines.Single()));
        Assert.Equal([KeyValuePair.Create("email-reply", "2 working days")], standard.Times);
    }

    [Fact]
    public void Read_SmallKinds_TakeTheirFields()
    {
        Assert.Equal([new AuthorityLimit("counter", "Waive", "$25", "12 months", "billing-lead")], Details<AuthorityDetails>(
            "kind: authority\nlimits:\n  - { role: counter, may: Waive, up-to: $25, per: 12 months, above-it: billing-lead }").Limits);
        Assert.Equal(new FormDetails("u-12.svg", "u-12-sample.svg"), Details<FormDetails>("kind: form\nfile: u-12.svg\nsample: u-12-sample.svg"));
        Assert.Equal(new SystemDetails("Bills", "https://x.example", "IT", "Wait"), Details<SystemDetails>("kind: system\nfor: Bills\nurl: https://x.example\naccess-by: IT\nwhen-down: Wait"));
        var term = Details<TermDetails>("kind: term\ntitle: Past due\ninstead-of: delinquent");
        Assert.Equal("Past due", term.Plain);
        Assert.Equal(["delinquent"], term.InsteadOf);
    }

    [Fact]
    public void Read_Notice_TakesTimesAndOverrides()
    {
        var notice = Details<NoticeDetails>("kind: notice\nfrom: 2026-11-20 08:00\nuntil: 2026-11-27\nsay: Sorry.\ndo-not-promise: A day.\noverrides: [policies/x.md]");

        Assert.Equal(new DeclaredMoment(new DateOnly(2026, 11, 20), new TimeOnly(8, 0)), notice.From);
        Assert.Equal(new DeclaredMoment(new DateOnly(2026, 11, 27)), notice.Until);
        Assert.Equal(("Sorry.", "A day."), (notice.Say, notice.DoNotPromise));
        Assert.Equal([LibraryPath.Parse("policies/x.md")], notice.Overrides);
    }

    [Fact]
    public void Read_NoticeWithoutEnd_HasNoDetailsAndSaysSo()
    {
        var read = Reading.Read("---\nkind: notice\nfrom: 2026-11-20\noverrides: [../x.md]\n---\n");

        Assert.Null(read.Document?.Details);
        Assert.Equal(["missing-field"], read.Problems.Select(problem => problem.Code));
    }

    [Fact]
    public void Read_WrongPathHoursAndDates_AreReportedWithTheRestKept()
    {
        var notice = Reading.Read("---\nkind: notice\nfrom: 2026-11-20\nuntil: 2026-11-21\noverrides: [../x.md, a.md]\n---\n");
        Assert.Equal(["wrong-path"], notice.Problems.Select(problem => problem.Code));
        Assert.Single(((NoticeDetails)notice.Document!.Details!).Overrides);

        var desk = Reading.Read("---\nkind: desk\nhours: [Mon-Fri 8-5, Sat 09:00-12:00]\nclosed: [Christmas]\n---\n");
        Assert.Equal(["wrong-hours", "wrong-date"], desk.Problems.Select(problem => problem.Code));
        Assert.Single(((DeskDetails)desk.Document!.Details!).Hours.Spans);
    }

    private static T Details<T>(string yaml)
        where T : KindDetails => Assert.IsType<T>(Reading.Document($"---\n{yaml}\n---\nText").Details);
}
