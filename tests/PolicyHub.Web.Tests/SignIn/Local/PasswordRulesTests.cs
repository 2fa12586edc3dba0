using PolicyHub.Records.People;

namespace PolicyHub.Web.Tests.SignIn.Local;

/// <summary>What may be a password or a PIN, how long an account rests, and codes of an authenticator.</summary>
public sealed class PasswordRulesTests
{
    [Theory]
    [InlineData("violet kettle marmot nine", null)]
    [InlineData("   violet kettle marmot   ", null)]
    [InlineData("grüne Äpfel im Mai, 7 Stück", null)]
    [InlineData("水星金星地球火星木星土星天王星海王星", null)]
    [InlineData("vK7#mQp2!xZ9rT4w", null)]
    [InlineData("violet kettle", "short")]
    [InlineData("", "short")]
    [InlineData("aaaaaaaaaaaaaaaaaaaa", "easy")]
    [InlineData("abcabcabcabcabcabc", "easy")]
    [InlineData("abcdefghijklmnopqrstuvwxyz", "easy")]
    [InlineData("12345678901234567890", "easy")]
    [InlineData("qwertyuiopasdfghjkl", "easy")]
    [InlineData("passwordpassword1", "easy")]
    [InlineData("P@ssw0rdP@ssw0rd!!", "easy")]
    [InlineData("City of Riverton 2026", "easy")]
    [InlineData("casey.morgan@riverton", "easy")]
    [InlineData("Morgan Summer Casey 26", "easy")]
    [InlineData("tomato tomato tomato", "easy")]
    [InlineData("correct horse battery staple", "easy")]
    [InlineData("Welcome2Riverton2026!", "easy")]
    public void Fault_ByPassword(string password, string? expected) =>
        Assert.Equal(expected, PasswordRules.Fault(password, ["Casey Morgan", "casey.morgan", "City of Riverton", "Riverton"]));

    [Fact]
    public void Fault_AtTheEnds_IsNone()
    {
        Assert.Null(PasswordRules.Fault("violet kettle m", []));
        Assert.Equal("short", PasswordRules.Fault("violet kettle ", []));
        var longest = string.Concat(Enumerable.Range(0, 64).Select(number => (char)('a' + (number * 7 % 26)) + "xq?")).PadRight(256, 'z');
        Assert.Null(PasswordRules.Fault(longest, []));
        Assert.Equal("long", PasswordRules.Fault(longest + "z", []));
    }

    [Theory]
    [InlineData("482915", null)]
    [InlineData("48291", "digits")]
    [InlineData("48291x", "digits")]
    [InlineData("1234567890123", "digits")]
    [InlineData("123456", "easy")]
    [InlineData("987654", "easy")]
    [InlineData("111111", "easy")]
    [InlineData("123123", "easy")]
    [InlineData("770451", "easy")]
    public void PinFault_ByPin(string pin, string? expected) => Assert.Equal(expected, PasswordRules.PinFault(pin, "770451"));

    [Theory]
    [InlineData(9, 0)]
    [InlineData(10, 1)]
    [InlineData(11, 2)]
    [InlineData(15, 32)]
    [InlineData(60, 1440)]
    public void LockFor_GrowsToADay(int failures, int minutes) => Assert.Equal(TimeSpan.FromMinutes(minutes), Tries.LockFor(failures, free: 10));

    /// <summary>RFC 6238, appendix B (SHA-1), the last six of its eight digits.</summary>
    [Theory]
    [InlineData(59, "287082")]
    [InlineData(1111111109, "081804")]
    [InlineData(1111111111, "050471")]
    [InlineData(1234567890, "005924")]
    [InlineData(2000000000, "279037")]
    [InlineData(20000000000, "353130")]
    public void Code_OfTheStandard(long seconds, string expected) =>
        Assert.Equal(expected, Totp.Code("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ", Totp.StepOf(DateTimeOffset.FromUnixTimeSeconds(seconds))));

    [Fact]
    public void FindStep_OldUsedOrEarly_IsNone()
    {
        var key = Totp.NewKey();
        var now = new DateTimeOffset(2026, 3, 2, 15, 0, 0, TimeSpan.Zero);
        var step = Totp.StepOf(now);

        Assert.Equal(32, key.Length);
        Assert.Equal(step, Totp.FindStep(key, Totp.Code(key, step), now, last: 0));
        Assert.Equal(step - 1, Totp.FindStep(key, " " + Totp.Code(key, step - 1).Insert(3, " "), now, last: 0));
        Assert.Null(Totp.FindStep(key, Totp.Code(key, step), now, last: step));
        Assert.Null(Totp.FindStep(key, Totp.Code(key, step - 2), now, last: 0));
        Assert.Null(Totp.FindStep(key, Totp.Code(key, step + 2), now, last: 0));
        Assert.Null(Totp.FindStep(key, "", now, last: 0));
    }

    [Fact]
    public void Verify_NoHash_SaysNo()
    {
        Assert.False(Passwords.Verify(null, "violet kettle marmot nine"));
        Assert.True(Passwords.Verify(Passwords.Hash("ﬁne violet kettle"), "fine violet kettle"));
        Assert.False(Passwords.Verify(Passwords.Hash("fine violet kettle"), "fine violet Kettle"));
    }
}
