using FsCheck;
using FsCheck.Fluent;
using Microsoft.FSharp.Core;

namespace PolicyHub.Testing;

/// <summary>
/// Runs a property a small number of times from a fixed seed, so that a run says the same tomorrow; a failure shows the case.
/// The long run has twenty times the number and a seed of its own.
/// </summary>
public static class Seeded
{
    private static readonly int Factor = LongRun.Count(1, 20);

    public static void Check<T>(Gen<T> cases, Func<T, bool> holds, int count = 500) =>
        Prop.ForAll(cases.ToArbitrary(), holds).Check(Configuration(count));

    public static void Check<T>(Gen<T> cases, Action<T> holds, int count = 500) =>
        Prop.ForAll(cases.ToArbitrary(), holds).Check(Configuration(count));

    private static Config Configuration(int count) => Config.QuickThrowOnFailure
        .WithMaxTest(count * Factor)
        .WithReplay(FSharpOption<Replay>.Some(new Replay(new Rnd((ulong)LongRun.Seed), FSharpOption<int>.None)));
}
