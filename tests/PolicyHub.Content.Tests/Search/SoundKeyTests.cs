using PolicyHub.Content.Search;

namespace PolicyHub.Content.Tests.Search;

public sealed class SoundKeyTests
{
    [Theory]
    [InlineData("construcshun", "construction")]
    [InlineData("insufishent", "insufficient")]
    [InlineData("lisence", "license")]
    [InlineData("racoon", "raccoon")]
    [InlineData("moeing", "mowing")]
    [InlineData("sine", "sign")]
    [InlineData("streetlite", "streetlight")]
    [InlineData("foto", "photo")]
    [InlineData("recieve", "receive")]
    [InlineData("garbige", "garbage")]
    [InlineData("nife", "knife")]
    [InlineData("nock", "knock")]
    [InlineData("skool", "school")]
    [InlineData("permishun", "permission")]
    [InlineData("dum", "dumb")]
    [InlineData("suer", "sewer")]
    [InlineData("fone", "phone")]
    [InlineData("rong", "wrong")]
    [InlineData("brige", "bridge")]
    public void Of_WordsThatSoundAlike_IsTheSame(string written, string meant) => Assert.Equal(SoundKey.Of(meant), SoundKey.Of(written));

    [Theory]
    [InlineData("water", "later")]
    [InlineData("permit", "payment")]
    [InlineData("fee", "tree")]
    [InlineData("bill", "ball park")]
    public void Of_WordsThatSoundOtherwise_Differs(string one, string other) => Assert.NotEqual(SoundKey.Of(other), SoundKey.Of(one));

    [Theory]
    [InlineData("")]
    [InlineData("ub-014")]
    [InlineData("señor")]
    [InlineData("$25")]
    public void Of_NoLatinWord_IsEmpty(string text) => Assert.Equal("", SoundKey.Of(text));
}
