using System.Text;
using PolicyHub.Content.Documents;

namespace PolicyHub.Content.Tests.Documents;

public sealed class VersionFieldsReaderTests
{
    [Theory]
    [InlineData("---\nid: UB-014\n---\n", "UB-014")]
    [InlineData("\uFEFF---\r\ntitle: x\r\nid: UB-014\r\n---\r\n", "UB-014")]
    [InlineData("---  \nid:   UB-014   # the number\n...\n", "UB-014")]
    [InlineData("---\nid: \"UB \\\"1\\\" # no comment\" # comment\n---\n", "UB \"1\" # no comment")]
    [InlineData("---\nid: 'it''s'\n---\n", "it's")]
    [InlineData("---\n\"id\": A\n---\n", "A")]
    [InlineData("---\n'id' : A\n---\n", "A")]
    [InlineData("---\nid: A#1\n---\n", "A#1")]
    [InlineData("---\nid: 014\nid: 015\n---\n", "014")]
    [InlineData("---\nid:\n---\n", null)]
    [InlineData("---\nid: # nothing\n---\n", null)]
    [InlineData("---\nid: null\n---\n", null)]
    [InlineData("---\nid: [a, b]\n---\n", null)]
    [InlineData("---\nid: 'open\n---\n", null)]
    [InlineData("---\nid:A\n---\n", null)]
    [InlineData("---\nidea: A\n  id: B\nother:\n  id: C\n---\n", null)]
    [InlineData("---\nid: A\n", null)]
    [InlineData("text\n---\nid: A\n---\n", null)]
    [InlineData("---- \nid: A\n---\n", null)]
    [InlineData("---\n---\nid: A\n---\n", null)]
    [InlineData("", null)]
    [InlineData("---", null)]
    public void Read_Id_IsTheScalarOrNothing(string text, string? id) =>
        Assert.Equal(id, VersionFieldsReader.Read(Encoding.UTF8.GetBytes(text)).Id);

    [Theory]
    [InlineData("2026-12-01", "2026-12-01")]
    [InlineData("'2026-12-01 08:00'", "2026-12-01T08:00")]
    [InlineData("2026-12-01T08:00:00-06:00 # then", "2026-12-01T08:00-06:00")]
    [InlineData("soon", null)]
    [InlineData("2026-13-01", null)]
    public void Read_Moments_AreReadOrLeftOut(string text, string? moment)
    {
        var fields = VersionFieldsReader.Read(Encoding.UTF8.GetBytes($"---\neffective: {text}\nrescinded: {text}\n---\n"));

        Assert.Equal(moment, fields.Effective?.ToString());
        Assert.Equal(moment, fields.Rescinded?.ToString());
    }

    [Theory]
    [InlineData("---\neffective:\n  2027-01-01\nrescinded: [2027-01-01]\n---\n")]
    [InlineData("---\n{ effective: 2027-01-01, rescinded: 2027-01-01 }\n---\n")]
    public void Read_Moments_AreNotMissedWhereTheyAreNotOnOneLine(string text)
    {
        var fields = VersionFieldsReader.Read(Encoding.UTF8.GetBytes(text));

        Assert.Equal("2027-01-01", fields.Effective?.ToString());
        Assert.Equal("2027-01-01", fields.Rescinded?.ToString());
    }

    /// <summary>However a label is written, history must know of it.</summary>
    [Theory]
    [InlineData("---\naccess: hr # only\n---\n", "hr")]
    [InlineData("---\naccess: public\n---\n", "public")]
    [InlineData("---\naccess: [public, hr]\n---\n", "hr")]
    [InlineData("---\naccess: [public, { a: b }]\n---\n", "\r")]
    [InlineData("---\naccess: public\naccess: hr\n---\n", "hr")]
    [InlineData("---\naccess: public\naccess: [hr]\n---\n", "hr")]
    [InlineData("---\naccess: legal\naccess: hr\n---\n", "hr\nlegal")]
    [InlineData("---\naccess: public\nbroken: [\n---\n", "\r")]
    [InlineData("---\naccess:\n  hr\n---\n", "hr")]
    [InlineData("---\naccess: [hr]\n---\n", "hr")]
    [InlineData("---\naccess: [legal, hr]\n---\n", "hr\nlegal")]
    [InlineData("---\naccess: >-\n  hr\n---\n", "hr")]
    [InlineData("---\n{ id: A, access: hr }\n---\n", "hr")]
    [InlineData("---\n? access\n: hr\n---\n", "hr")]
    [InlineData("---\raccess: hr\r---\r", "hr")]
    [InlineData("---\naccess: { by: hr }\n---\n", "\r")]
    [InlineData("---\naccess:\n  hr\nbroken: [\n---\n", "\r")]
    [InlineData("---\naccess:\ntitle: Open\n---\n", null)]
    [InlineData("---\ntitle: Accessibility and access\n---\naccess: hr\n", null)]
    public void Read_Access_IsNeverMissed(string text, string? access) =>
        Assert.Equal(access, VersionFieldsReader.Read(Encoding.UTF8.GetBytes(text)).Access);

    [Fact]
    public void Read_AnyBytes_NeverThrows()
    {
        var random = new Random(7);
        var alphabet = "---\nid: effective\"'\\#:\r \uFEFF~|é\0"u8.ToArray();
        for (var round = 0; round < 20_000; round++)
        {
            var bytes = new byte[random.Next(0, 60)];
            for (var index = 0; index < bytes.Length; index++)
            {
                bytes[index] = random.Next(20) == 0 ? (byte)random.Next(256) : alphabet[random.Next(alphabet.Length)];
            }

            VersionFieldsReader.Read([.. "---\n"u8, .. bytes, .. "\n---\n"u8]);
            VersionFieldsReader.Read(bytes);
        }
    }
}
