namespace VectorQuantization.Formats.Hdf5;

/// <summary>One message of an object's header.</summary>
/// <param name="Type">What it is about.</param>
/// <param name="Offset">Where its body begins in the file.</param>
/// <param name="Length">Bytes of the body.</param>
/// <param name="IsShared">Whether the body is elsewhere.</param>
internal readonly record struct Hdf5Message(int Type, long Offset, int Length, bool IsShared)
{
    public const int Dataspace = 0x01;
    public const int LinkInfo = 0x02;
    public const int Datatype = 0x03;
    public const int Link = 0x06;
    public const int Layout = 0x08;
    public const int Filters = 0x0B;
    public const int Attribute = 0x0C;
    public const int Continuation = 0x10;
    public const int SymbolTable = 0x11;
}
