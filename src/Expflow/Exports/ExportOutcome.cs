using Expflow.Problems;

namespace Expflow.Exports;

/// <summary>A file that an export made.</summary>
/// <param name="Path">Where it stands.</param>
/// <param name="Rows">How many rows it has; null for files that are no table.</param>
/// <param name="Bytes">Its size.</param>
/// <param name="Sha256">The hash of its content, in lower-case hexadecimal digits.</param>
public sealed record ExportedFile(string Path, long? Rows, long Bytes, string Sha256);

/// <summary>How an export ended. Exactly one of the nested cases.</summary>
public abstract record ExportOutcome
{
    private ExportOutcome() { }

    /// <summary>All files have been written.</summary>
    /// <param name="Files">The files.</param>
    /// <param name="InvalidLines">How many lines of metrics could not be read and are not in the table.</param>
    /// <param name="Problems">The first of them.</param>
    public sealed record Written(IReadOnlyList<ExportedFile> Files, long InvalidLines, IReadOnlyList<Problem> Problems)
        : ExportOutcome;

    /// <summary>Nothing is new since the last export, and its files are as it left them.</summary>
    /// <param name="Files">The files.</param>
    public sealed record Unchanged(IReadOnlyList<ExportedFile> Files) : ExportOutcome;

    /// <summary>Nothing was written, and files of earlier exports are as they were.</summary>
    /// <param name="Problem">Why.</param>
    public sealed record Failed(Problem Problem) : ExportOutcome;
}
