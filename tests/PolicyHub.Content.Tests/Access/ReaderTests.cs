namespace PolicyHub.Content.Tests.Access;

/// <summary>What labels open, how two of them are put together, and under which key a reader's things are kept.</summary>
public sealed class ReaderTests
{
    [Theory]
    [InlineData("", "", "")]
    [InlineData("public", "public", "public")]
    [InlineData("public", "", "")]
    [InlineData("", "public", "")]
    [InlineData("public", "hr", "hr")]
    [InlineData("hr", "public", "hr")]
    [InlineData("hr", "", "hr")]
    [InlineData("hr", "hr", "hr")]
    [InlineData("legal", "hr", "hr\nlegal")]
    [InlineData("hr\nlegal", "hr", "hr\nlegal")]
    public void Both_TwoLabels_AskForWhatEitherAsksFor(string one, string other, string both) => Assert.Equal(both, Reader.Both(one, other));

    [Theory]
    [InlineData("", true, true, true)]
    [InlineData("public", true, true, true)]
    [InlineData("hr", false, true, true)]
    [InlineData("hr\nlegal", false, false, true)]
    [InlineData("hr\npublic", false, true, true)]
    [InlineData("\r", false, false, true)]
    [InlineData("Public", false, false, true)]
    public void MaySee_Label_IsOpenToWhoHoldsIt(string access, bool anyone, bool member, bool auditor) =>
        Assert.Equal((anyone, member, auditor), (Reader.Anyone.MaySee(access), new Reader(["hr", "\r", ""]).MaySee(access), Reader.Auditor.MaySee(access)));

    [Fact]
    public void Key_EqualRights_AreOneKeyAndOthersAnother()
    {
        Assert.Equal("", Reader.Anyone.Key);
        Assert.Equal(new Reader(["b", "a", "b"]).Key, new Reader(["a", "b"]).Key);
        string[] keys = [Reader.Anyone.Key, Reader.Auditor.Key, new Reader(["a"]).Key, new Reader(["a", "b"]).Key, new Reader(["ab"]).Key, new Reader(["a\nb", "c"]).Key];
        Assert.Equal(keys.Length, keys.Distinct().Count());
    }
}
