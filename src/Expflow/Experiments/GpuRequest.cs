using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Expflow.Experiments;

/// <summary>How many GPUs, and of which type when that matters.</summary>
/// <remarks>Reads <c>2</c>, <c>rtx8000:2</c>, <c>gpu:2</c>, <c>gpu:rtx8000:8</c> and <c>rtx8000</c> (one). 0 asks for none.</remarks>
public readonly record struct GpuRequest
{
    private GpuRequest(int count, string? type) => (Count, Type) = (count, type);

    /// <summary>How many: 0 to 1024.</summary>
    public int Count { get; }

    /// <summary>The type as the site names it; null when any will do.</summary>
    public string? Type { get; }

    /// <summary>Reads any of the forms above; false for anything else.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out GpuRequest? gpus)
    {
        gpus = (text ?? "").Trim().Split(':') switch
        {
            [var count] when Count1(count) is { } n => new(n, null),
            ["gpu", var count] when Count1(count) is { } n => new(n, null),
            ["gpu", var type, var count] when IsType(type) && Count1(count) is { } n => new(n, type),
            ["gpu", var type] when IsType(type) => new(1, type),
            [var type, var count] when IsType(type) && Count1(count) is { } n => new(n, type),
            [var type] when IsType(type) => new(1, type == "gpu" ? null : type),
            _ => null,
        };
        return gpus is not null;
    }

    /// <summary><c>2</c> or <c>rtx8000:2</c>.</summary>
    public override string ToString() =>
        Type is null ? Count.ToString(CultureInfo.InvariantCulture) : $"{Type}:{Count}";

    private static int? Count1(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count <= 1024
            ? count
            : null;

    private static bool IsType(string text) =>
        text.Length > 0
        && char.IsAsciiLetter(text[0])
        && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' or '.');
}
