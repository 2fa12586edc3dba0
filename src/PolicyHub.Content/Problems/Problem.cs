namespace PolicyHub.Content.Problems;

public enum Severity
{
    Info,
    Warning,
    Error,
}

/// <summary>Where in a file: line and column from 1; 0 where only the file is known.</summary>
public readonly record struct SourcePosition(int Line, int Column)
{
    public static SourcePosition None { get; }
}

/// <summary>Something wrong with content, as a value: what, where, and what its author can do about it.</summary>
/// <param name="Code">Stable, lower case with dashes, such as <c>broken-link</c>; all stand in <see cref="ProblemCatalogue"/>.</param>
/// <param name="File">The path of the file as the author knows it; empty for the library as a whole.</param>
/// <param name="Sentence">What is wrong, in one sentence for the author.</param>
/// <param name="WhatToDo">What mends it, in one sentence.</param>
public sealed record Problem(string Code, Severity Severity, string File, SourcePosition Position, string Sentence, string WhatToDo)
{
    /// <summary>The path of another file that the sentence names; empty: none. Who may not see that one is told nothing of the problem.</summary>
    public string Other { get; init; } = "";

    /// <summary>The same problem, which will not be there before a day to come.</summary>
    public Problem From(DateOnly day) => this with
    {
        Sentence = $"From {day.ToString("d MMMM yyyy", System.Globalization.CultureInfo.InvariantCulture)} on: {Sentence}",
    };
}
