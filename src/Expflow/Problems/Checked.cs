using System.Diagnostics.CodeAnalysis;

namespace Expflow.Problems;

/// <summary>A value read from user input, or every problem that stood in its way. Never both, never neither.</summary>
/// <typeparam name="T">What was read.</typeparam>
public sealed class Checked<T>
    where T : notnull
{
    private readonly T? value;

    private Checked(T? value, IReadOnlyList<Problem> problems)
    {
        this.value = value;
        Problems = problems;
    }

    /// <summary>All problems, in the order in which they stand in the file; empty when there is a value.</summary>
    public IReadOnlyList<Problem> Problems { get; }

    /// <summary>A good value.</summary>
    public static implicit operator Checked<T>(T value) => new(value, []);

    /// <summary>One problem.</summary>
    public static implicit operator Checked<T>(Problem problem) => new(default, [problem]);

    /// <summary>Several problems; at least one.</summary>
    public static Checked<T> Failed(IReadOnlyList<Problem> problems) =>
        problems.Count > 0
            ? new(default, problems)
            : throw new ArgumentException("A failed check names at least one problem.", nameof(problems));

    /// <summary>The value when there is one.</summary>
    public bool TryGet([NotNullWhen(true)] out T? good)
    {
        good = value;
        return Problems.Count == 0;
    }
}
