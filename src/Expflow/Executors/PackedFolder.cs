using System.Globalization;
using Microsoft.Win32.SafeHandles;

namespace Expflow.Executors;

/// <summary>The folder and the files that a worker gives to one packed run after the other.</summary>
/// <remarks>What can be made once is: with runs of a millisecond, making and removing files would be half of the work.</remarks>
internal sealed class PackedFolder : IDisposable
{
    private readonly string scratch;
    private readonly string segment;
    private readonly string parametersFile;
    private SafeFileHandle? parameters;
    private long parametersLength;

    public PackedFolder(string segments, string writer, int worker, string scratch)
    {
        Directory.CreateDirectory(segments);
        Directory.CreateDirectory(scratch);
        this.scratch = scratch;
        segment = Path.Combine(segments, string.Create(CultureInfo.InvariantCulture, $"{writer}-{worker}.out"));
        parametersFile = AttemptFolder.ParametersOf(scratch);
    }

    /// <summary>Readies the folder for a run.</summary>
    public AttemptPlace.Packed Take(int attempt, byte[] values)
    {
        parameters ??= Open();
        RandomAccess.Write(parameters, values, 0);
        if (values.Length < parametersLength)
            RandomAccess.SetLength(parameters, values.Length);
        parametersLength = values.Length;
        var metrics = AttemptPlace.MetricsOf(segment);
        return new(scratch, segment, AttemptPlace.LengthOf(segment), AttemptPlace.LengthOf(metrics))
        {
            Number = attempt,
        };
    }

    /// <summary>Removes what a run has left; few leave anything.</summary>
    public void Empty()
    {
        var isThere = false;
        foreach (var entry in Directory.EnumerateFileSystemEntries(scratch))
            if (entry == parametersFile)
                isThere = true;
            else
                Remove(entry);
        // A run may do with its folder what it likes.
        if (!isThere)
            Close();
    }

    /// <inheritdoc/>
    public void Dispose() => Close();

    private SafeFileHandle Open()
    {
        Directory.CreateDirectory(scratch);
        parametersLength = 0;
        return File.OpenHandle(
            parametersFile,
            FileMode.Create,
            FileAccess.Write,
            FileShare.ReadWrite | FileShare.Delete
        );
    }

    private void Close()
    {
        parameters?.Dispose();
        parameters = null;
    }

    private static void Remove(string entry)
    {
        if (Directory.Exists(entry) && new DirectoryInfo(entry).LinkTarget is null)
            Directory.Delete(entry, recursive: true);
        else
            File.Delete(entry);
    }
}
