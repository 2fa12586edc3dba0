using PolicyHub.Web.Counting;

namespace PolicyHub.Web.Tests.Counting;

/// <summary>What is left of a query before anything is kept of it.</summary>
public sealed class WordingTests
{
    [Theory]
    [InlineData("Late  FEE waiver", "late fee waiver")]
    [InlineData("account 12345", "account [number]")]
    [InlineData("account 1234", "account 1234")]
    [InlineData("AB12345678 shut off", "ab[number] shut off")]
    [InlineData("call 555-0110 back", "call [number] back")]
    [InlineData("(402) 555 0110 called", "([number] called")]
    [InlineData("card 4111 1111 1111 1111 declined", "card [number] declined")]
    [InlineData("card ４１１１１１ declined", "card [number] declined")]
    [InlineData("account ١٢٣٤٥٦", "account [number]")]
    [InlineData("mail to jo.doe+x@mail.example please", "mail to [e-mail] please")]
    [InlineData("jo @ mail.example wrote", "[e-mail] wrote")]
    [InlineData("born 3/4/1961", "born [date]")]
    [InlineData("born 1961-03-04", "born [date]")]
    [InlineData("born 4.3.61", "born [date]")]
    [InlineData("born March 4th, 1961 here", "born [date] here")]
    [InlineData("born 4 mar 61", "born [date]")]
    [InlineData("born 4th of March 1961", "born [date]")]
    [InlineData("senior waiver 65", "senior waiver 65")]
    [InlineData("form u-15", "form u-15")]
    [InlineData("fee $25", "fee $25")]
    [InlineData("trash thanksgiving november 26", "trash thanksgiving november 26")]
    [InlineData("12345678", "")]
    [InlineData("jo@mail.example 4 mar 1961", "")]
    [InlineData("  ", "")]
    [InlineData("1\u200b2\u200b3\u200b4\u200b5 account", "[number] account")]
    public void Of_Typed_IsMaskedInOneSpelling(string typed, string kept) => Assert.Equal(kept, Wording.Of(typed));

    [Fact]
    public void Of_HalfALetter_IsNoError() => Assert.Equal("half \ufffd", Wording.Of("half " + '\ud83d'));

    [Fact]
    public void Of_RunsOfDigitsHoweverParted_LeavesNoneOfThem()
    {
        var random = new Random(Testing.LongRun.Seed);
        string[] between = ["", " ", "-", ".", "/", ") ", " - ", "\t"];
        for (var round = 0; round < Testing.LongRun.Count(2_000, 100_000); round++)
        {
            var digits = string.Concat(Enumerable.Range(0, random.Next(5, 20)).Select(_ => random.Next(10).ToString(System.Globalization.CultureInfo.InvariantCulture) + between[random.Next(between.Length)]));
            var kept = Wording.Of($"account {digits} of a customer");

            Assert.True(kept.Count(char.IsDigit) < 5, $"{digits} left {kept}");
        }
    }
}
