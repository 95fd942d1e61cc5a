using System.Runtime.InteropServices;
using System.Text;

namespace Expflow.Processes;

/// <summary>Texts for C, freed together.</summary>
internal sealed unsafe class NativeTexts : IDisposable
{
    private readonly List<nint> texts = new(32);

    /// <summary>The text in UTF-8, ended by a NUL.</summary>
    public byte* Add(string text)
    {
        var bytes = (byte*)NativeMemory.Alloc((nuint)Encoding.UTF8.GetMaxByteCount(text.Length) + 1);
        texts.Add((nint)bytes);
        var length = Encoding.UTF8.GetBytes(text, new Span<byte>(bytes, Encoding.UTF8.GetMaxByteCount(text.Length)));
        bytes[length] = 0;
        return bytes;
    }

    /// <summary>Room for pointers.</summary>
    // Not on the stack: a command with 100,000 file names is for the kernel to judge.
    public byte** Table(int length)
    {
        var table = (byte**)NativeMemory.Alloc((nuint)length, (nuint)sizeof(byte*));
        texts.Add((nint)table);
        return table;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var text in texts)
            NativeMemory.Free((void*)text);
    }
}
