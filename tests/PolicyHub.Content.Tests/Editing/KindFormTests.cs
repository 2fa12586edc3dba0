using System.Text;
using PolicyHub.Content.Documents;
using PolicyHub.Content.Editing;
using PolicyHub.Content.Tests.Search;

namespace PolicyHub.Content.Tests.Editing;

public sealed class KindFormTests
{
    private const string Process = "---\ntitle: P # mine\nkind: process\nsteps:\n  - letter: G\n    name: Greet\n    do:\n      counter:\n        - Look up.\n        - Nod.\n      phone: Answer.\n    say:\n      phone: Good morning\n    mine: kept\n  - letter: U\n    name: Understand\n---\nText\n";

    /// <summary>Every field of every kind in the starter library: sent back as it is shown, no byte changes.</summary>
    [Fact]
    public void Apply_WhatIsShown_ChangesNothingInTheStarterLibrary()
    {
        var (inputs, left) = (0, new List<string>());
        foreach (var file in Directory.EnumerateFiles(StarterLibrary.FindFolder(), "*.md", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            var bytes = File.ReadAllBytes(file);
            foreach (var kind in DocumentKinds.All)
            {
                var groups = KindForm.Read(bytes, kind);
                var shown = groups.SelectMany(group => group.Rows).SelectMany(row => row).ToDictionary(input => input.Name, input => input.Value.Replace("\n", "\r\n", StringComparison.Ordinal), StringComparer.Ordinal);
                Assert.Equal(bytes, KindForm.Apply(bytes, kind, shown.GetValueOrDefault));
                inputs += shown.Values.Count(value => value.Length > 0);
            }

            if (DocumentReader.Read(LibraryPath.Parse("a.md"), bytes, LibrarySettings.Default).Document is { } document)
            {
                left.AddRange(KindField.Of(document.Kind).Select(field => field.Name).Except(KindForm.Read(bytes, document.Kind).Select(group => group.Field.Name)).Select(name => $"{file}: {name}"));
            }
        }

        Assert.Empty(left);
        Assert.True(inputs > 200, $"only {inputs} boxes");
    }

    [Fact]
    public void Apply_AStepChangedAndOneAdded_AreWrittenAndWhatWasNotAskedStays()
    {
        var changed = Apply(Process, DocumentKind.Process, ("steps.0.do.counter", "Look up.\r\nSmile: always.\r\n"), ("steps.2.name", "Thank"), ("steps.2.letter", "T"), ("steps.2.say", "Thank you"));

        Assert.Equal(
            Process.Replace("        - Nod.\n", "        - \"Smile: always.\"\n", StringComparison.Ordinal).Replace("---\nText", "  - letter: T\n    name: Thank\n    say: Thank you\n---\nText", StringComparison.Ordinal),
            changed.Replace("counter: [Look up., \"Smile: always.\"]", "counter:\n        - Look up.\n        - \"Smile: always.\"", StringComparison.Ordinal));
        Assert.Contains("mine: kept", changed, StringComparison.Ordinal);
    }

    [Fact]
    public void Apply_ARowEmptied_IsTakenOut()
    {
        var changed = Apply(Process, DocumentKind.Process, ("steps.1.letter", ""), ("steps.1.name", " "));

        Assert.DoesNotContain("Understand", changed, StringComparison.Ordinal);
        Assert.Contains("Greet", changed, StringComparison.Ordinal);
    }

    [Fact]
    public void Apply_FieldsThatAreNotThereYet_AreAdded()
    {
        var changed = Apply("---\ntitle: D\n---\n", DocumentKind.Desk, ("phone", "555-0110"), ("handles", "Bills\nLeaks"), ("not-ours.0.topic", "Gas"), ("not-ours.0.who", "The gas company"));

        Assert.Equal("---\ntitle: D\nphone: \"555-0110\"\nhandles: [Bills, Leaks]\nnot-ours:\n  - topic: Gas\n    who: The gas company\n---\n", changed);
    }

    [Fact]
    public void Read_WhatIsWrittenInAWayOfItsOwn_IsLeftOut() =>
        Assert.DoesNotContain(KindForm.Read("---\nsteps: {a: b}\n---\n"u8, DocumentKind.Process), group => group.Field.Name == "steps");

    private static string Apply(string file, DocumentKind kind, params (string Name, string Value)[] typed) =>
        Encoding.UTF8.GetString(KindForm.Apply(Encoding.UTF8.GetBytes(file), kind, name => typed.Where(pair => pair.Name == name).Select(pair => pair.Value).FirstOrDefault())!);
}
