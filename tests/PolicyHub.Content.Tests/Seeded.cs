using FsCheck;
using FsCheck.Fluent;
using Microsoft.FSharp.Core;

namespace PolicyHub.Content.Tests;

/// <summary>Runs a property a small number of times from a fixed seed, so that a run says the same tomorrow; a failure shows the case.</summary>
internal static class Seeded
{
    private const ulong Seed = 20261123;

    public static void Check<T>(Gen<T> cases, Func<T, bool> holds, int count = 500) =>
        Prop.ForAll(cases.ToArbitrary(), holds).Check(Configuration(count));

    public static void Check<T>(Gen<T> cases, Action<T> holds, int count = 500) =>
        Prop.ForAll(cases.ToArbitrary(), holds).Check(Configuration(count));

    private static Config Configuration(int count) => Config.QuickThrowOnFailure
        .WithMaxTest(count)
        .WithReplay(FSharpOption<Replay>.Some(new Replay(new Rnd(Seed), FSharpOption<int>.None)));
}
