using System.IO.Compression;

namespace VectorQuantization.Tests.Formats;

/// <summary>Small files that h5py 3.7 (libhdf5 1.10) and numpy 1.24 have written, packed.</summary>
/// <remarks>
/// x = (arange(70).reshape(14, 5) * 0.5 - 3).astype("f4"). HDF5: attributes type, distance ("angular"), dimension, point_type (a text
/// of fixed length); train = x, contiguous; test = x[:7] in chunks of 3 × 2, shuffled, deflated, with checksums; neighbors =
/// arange(14).reshape(7, 2) + 2**24 as i4 in chunks; distances = arange(14).reshape(7, 2) / 8 as f8; g/half = x.astype("f2") in
/// chunks of 1 × 1; bytes = arange(6).reshape(3, 2) as u1 in one chunk; scalar = 5. Old: libver="earliest"; New: libver="latest". Npz: savez
/// and savez_compressed of vectors = x, queries = x[:2].
/// </remarks>
internal static class SampleFiles
{
    public static byte[] OldHdf5 => Unpacked(Old);
    public static byte[] NewHdf5 => Unpacked(New);
    public static byte[] Npz => Unpacked(Plain);
    public static byte[] PackedNpz => Unpacked(Packed);

    /// <summary>The vectors in them: 14 × 5.</summary>
    public static float[] Vectors => [.. Enumerable.Range(0, 70).Select(i => (i * 0.5f) - 3)];

    private const string Old =
        "H4sIAAAAAAACA+1da2wUVRS+s9vtbrvblzz6VFYNWEVjRcCihk6lpdt2Hw1gQjSBlrJ9xNo27RIhMTpNjEGjpD+MMdFoNRoxvmqUFATtFjWgaK"
        + "hRIwaNJWKACLFqURRNPbNzZ7t7uqfbEAlFzpd+uXtnvrl3vtk7d87O3Nt5xFOxMiO9IF3ocDhEisgWsRiXKGmOz5vr62WqyHSrTLdbzOWpkXV5"
        + "cnm2LN9tNfLFcsM1qyordfU4glnPWpuROgTjUoSnsrxOT/tlvk6mWtP5rTdHtlfcrl1Cle3bJmZDqwxt6Qzq+XxFiWyRHT0nHHHnhy2mESuRcj"
        + "zyc1qknI2t3aGG9sagWX+y8uwx5Vki5ZXK9enwWS/v3mB7d2tHu3n+OUy5Onm/ItuXyOVO0DlEZ0dre2i96U6IWYqhNbdrautoCMnjoMQUqIhi"
        + "I7UYCzJRPThvhR5CV+a450EfFOkhRK5D5D4Y1Tki6y0Wo0CH7FGsitm15Cnx39zmC9peV/sDFQp8O6rMF981tb7YbM9LptaVyrTfHt/v9i6Vy6"
        + "XA7G9Lr0tyXsm0Mzi1zrwq9KVOrTP7Z0/Kf3MczesH1a7sqB3Zz7VdWY0anNCz6B8Uq3lO6esV0d2yqampLShSovtlLN8YbGprCE0st8ojBdpQ"
        + "Y0uw6+ZF5nGR7RUqcptS45SVm7qneTyUuOup2T/h73+6qFoR8CoxXzDuDzZC7xGUOxp7fBvamze1NXRFywln8TWKwWAwGAwGg8FgMBiMmQs1LI"
        + "Q7rP+Eh79BITSgGJQryyAPDJeJyA1DN1AF1gM1YC+wD9gPDAOHgSPAUaAoF8IBzAbmAd3AYmAJsBSoAj3AOuBaYD2wBdgJ3AzUgA8BtwIfA/YC"
        + "nwA+BXwG2Ad8Ebgd+BqwH/gOcCdwDzAM/BC4H/gpcBj4JfAQ8FvgCPAo8DjwJHAUOAY8A/y7fPO6RjBpt7mf7xwJP5Bqt4ucNVZ1/ZML5kfWWO"
        + "x5BUWXZZ4cGLivU4ii61PWrT61vzeySkt92KrueW7o2aEeReRus4yv6lFdxpo05xX399Z1CktVlZh/IGX30YGmEmNNhj2vdLGrqKioBw7Wu9Y7"
        + "l36y66CxxumyuOa6Ml3bVIfIWq4c3j92bEzuXFb2ieOOqxTHWcW5r6rpDUOvOYyl6fcoC4f3Dj5qLE0pOeFYoKReIV5YtvRx/Rajouj30Iz7XE"
        + "oK0AZMBdqBDmAaMB3oBLqAGRP3hhAijQMwLNNDMh2R6VGZHpfpSZmOyvRXmY7J9HeZnpHpX2VirxiC5vm+2CN2Cv0e6O1iOTTHcnGHWCEqtApR"
        + "qVWKldpKUaVVCY/q0Txhj6hWq7XqcLWoUWu0mnCNqFVrtdpwrfC6vaq33qt5+7xh74hX+Nw+1Vfv03x9vrBvxCf8br/qr/dr/j5/2D/iFwF3QA"
        + "3UB7RAXyAcGAnAUbOm2GzcbzAYjIsd+nN3/dkjfu5ekGS7vHwjLUTLLSi/SOpwefjxkA/prES9zYQO19tD6HC9T0vdXJmnHm/tIHS43gNSNxvp"
        + "cL1H8uPzqUn0DAaDwWAwGBcaycZ72VF8hPP6OBldqY9HM8fl6MDjcWLGzXgWToRGMeNmtBkUR1smxdHuJNudlnGgO0ncN6cgcfxs4XiRwWAwGA"
        + "wG4xKLo83x7WXReR2LnWLxuLzhSc+bWCIjyk60Rxd23kSyeWCltxopzwO7NGHOA1sr8+a8lGE076Gloa0p5rSKznM5X+fp9Oc3ZclzN1uk20R6"
        + "lhDJfvdqt5lVGrTMhPPUmN+kRM/D4mXcNs/5voEy+b6BJcl2o4H464ATXRdM7KyMz2dG22NiPYPBYDAYDAZjBseNIiMaB+K4kYoHcwsTx414vF"
        + "U+ocPPmQqRzkXs7+WEDo8pnkfosI8rCR32cTWhwz7mI10G4eMaQod9XEvosI+FhA77uIHQYR83FnK8z2AwGAwGI1HcuCwaL5r3B5PFBS8VJNbh"
        + "uOdlQofzrxA6HPe8Suhw3PM60hFz1cSbhA7r3yJ0eD/eJnTYxw5Ch30MIB31vewidNjHbkKHy32P0GEfg4QO+xgqmLocEx8QOuzjI0KHfewjdL"
        + "j+jwkd9nGgYGqfJj4jdNjHQUKHfXxO6LCPLwgd3s+vkI6awPg1ocM+viF02MdhQod9fEfosI/vkY6ar3OE0GEfPxA67ONHQod9HCN02McJpLMT"
        + "Pn4idNjHKUKHffxM6LCPXwgd9vEb0lHP5U8TOuzjD0KHffxJ6LCPs4QO+/gH6dIIH+OEDvtQChPrJl3vCB32YSN02Icd6dIJH2mEDvtwEjrsI4"
        + "PQYR9ZhA77yCHuP2HMInTYxxxCx/dDpodk4x+sYurrc3S8v4j/P7ZTjHsovXuiKMtEzdoMiqMnj1NK8u9RxU2FiePdZHErg8FgMBgMBuP/EkfH"
        + "v88hdl5s7Hsa6HH8txQm/uXdd1Edl1BXQ6v+jopQsFt/nYRoD7Y2t2zo6OqW6833Yph5+ToasWFLKLKsu7Eh8u/ozeNYf572818f+xo/MGcAAA"
        + "==";

    private const string New =
        "H4sIAAAAAAACA+2aa2wUVRSAz53ZV3e37fZFC62wCEUUDEXLQ6MwhT627T4IamJMhC7QlkppS3d5GQLTxBgUJTUxBiPBFREhKqJIClLolEeoVt"
        + "ISBSFIXFIIJZQIUhRFUs/MnNl2N/ADYyI1c9Jvv965987uPXce7d55zZVfGG8dZuUtFtCij6IrWy3n0PYpi84e8LnyZ3MjL281LBoIxxwOgBc4"
        + "td1j1N7KAQNISwZD/z61sE8G4MEIqXJlcGVdOQxlDHAnCkzpbwF5h0b1VyXk7fYn5Z5xas8FVYGgv2b+3XubB/SWy/Zxcm8r2NXei8trAlW1Ne"
        + "CwaK2E/jeVm2fLzW1Yh83raqtqgnOVD5vC1DZy24rqWn8Q4OTtpeuU7DBgbDRWcYwl0G603cWW+VRgSc4R8s4xnJBugfQ1cj1mjrdakgEMDDLU"
        + "thmMOoXgvo/NGxa/7JvpKuWSBx5PWsjHygZebTmBesy7/FZXbPbMMdky30v2eFsWMI6XD0GmtGCR39S3VrLLAc94zsBbj9LnAfG/z54t+OJaOX"
        + "tyntbQYHOpzpQoj8QQLA8E36DTLa+772RhnisfWII1jpp10XAe9+xvKszLnwFMG2DGUNXD1FOVSpnKqyeqrjKq1BBVei+qtJtKQ5TX9qjSOSql"
        + "Kq/uQ+GOu00zFzPNWpm3A5PPT22a1emNTJ9Bnr5d2jGxDQZNGDed3q1N821TzDSnytMcV1NeVblwXm19IKAOHlJOLFitzDVYrFp+Omjs9b3pG5"
        + "W5Bi0bNyj3aeo0getYaMk9Z185yaZHro65Nsjt46MvUZNo/3UweC5Rie31YS37h2nQ46Ozr91cAtcon+uaQ2lK/pyxN8AVd77SqXdAOmcX+qsr"
        + "8PBVo+BfGsaW5VyhNoxlo6Pv1ya7ctWrnEjD61z99I7Y/kUzfW7lxuLov8MOvMYuwBtk+R0OD39N5dJqf31kP1Ii6KGHHnrooYceeuihhx566K"
        + "GHHvdtCBKAU5L/hcefFgARgRaqnI5lRJouN8R2iICUISLSiISQnYiEdCJh5CoCeQAWxIFkIE5kLJKDTEUExIXMQp5HypCFSB2yAhGRV5C1yBtI"
        + "I/I2sgHZiISQLcg25FNkJ/IVsgdpRiTkMNKGfId0Ij8gp5CfkDByHulGepCrSC9yE/krb8Wc+ThIs9H5QV1YWm0ymyHpWV6Y+86YbKWGM2cMy0"
        + "pO6GlqWl4HkDXeMOeZK22NSpVoepUXmt9v3dTawCB9Pdc3u0GwqzVxtuGrGmfVAVdUBNnthn3nmypy1Jp4c8bUXHtWVlYDJutr/rnJ3+7tUGts"
        + "ds4+xJ5gXy9YIHEaO9PWe7GXPlyi41K35UFmucVsR4sqdqjtRYu61bqIjes82PK6utWQc8kyhpmGw+YnJr85Sf6ehyEcwiMGxIiYEDNiQeIQK2"
        + "JD5O+R4vu/G4oJ5eDA6CSfIofJ58nd5B7yVfKv5F7yb+Sb5D+nw0FoxcPzADTDHtwwFZ6CaXg45sEMmAn5Yj4UiAVQKBZCkVgELsEluiQXFAvF"
        + "YrFUDCVCiVgilUCpUCqWSqXgdroFd5lbdIfckjvsBo/TI3jKPKIn5JE8YQ94nV7BW+YVvSGv5A17wef0Cb4yn+gL+SRf2CcvKhiMRv26oYceeg"
        + "z2+Gcr1om0HuAAqxGs8lf/MYtyDK+SVvtI6hS6//PQ3rgsRVtYK6RtY+nzZ6454lMX1rQRfUQLXh+Tt5M/IX9G/pz8BXkXeTe5ibyXvI+8n9xC"
        + "biUfIh8hHyV/Q24nHyN3kI+TvyefIP9IPk0+Qz5L/pl8jtxFvkC+SL5Evky+Qv6FfI18nXyD/Dv5D/It8m1yH5ll0tFHNpLN5DiyjRxPTiQnkV"
        + "PIaeR08lByJvkB8gjySPIocjb5IfLD5HHkR8kTyI/05B2LPdO0Bw4iC62xZXnZG/qfZqEzLCny1AJjE2n3sH0QXXGWBDNvaiuWX9ITRhOpzuSQ"
        + "x2uctzJYHnhplLqt7cMJ1yO5M6j50R4J0BalBy5GT6GkRJ5navv/XK0vFLybJeeO8hSs91fVeOnPclOSvM0UmO+v9tdvpaXgplXH0/4GzzVw5O"
        + "MlAAA=";

    private const string Plain =
        "H4sIAAAAAAACA73UPWgTYRzH8X+Svtn6EjVqfT+nqxBEpUIVxRRBCqFyi6CTDe2VFqSJl1oUETI4ODgUdOjgUKhoBocMDiJCMzg4dCj4goNDBw"
        + "cRhw6CDr59Ly+a/LAgFnzgwzf3cM/w5Lk7Lx1rSVh17LOjp+Y+z0TMQl2WsCl/eDIb5A9M5K5GLF6ZDke9t8+cHfTOR2zKrrkjfn44cI857vHR"
        + "XjfpuKPZYDLITFzIBiN+OH86czHvM58fy+R8rnsO9SadI/uTznXnX0enWaps5sBQnjcrwOZr+znJNcqwFPchhSEUMI1ZlFDGIpawDOs360Ac3X"
        + "DQg4PoQwoD8HAOQxhDDldQwA3cxC1M4w5mcBezuIciHqKER3iMpyjjGZ5jAYt4iTd4iyW8w3t8xDI+4Qu+9ntNh3r/xYcTRX6FwkO9dNkPxv1f"
        + "h1qs3Vjvqg718GrP9O8PtXmTC4MDr0tR/ki0s8lMENQ3GE6Fo94/b3C87389td9+VMd3qQ5bYUSkUWlM2iJtlbZJ26Ud0jXSTmmXdK10nXS9dI"
        + "M0Lt0o3STdLE1It0i3SrdJu6XbpTukO6W7pLule6R7pV46Ek3EVvpI/x6FygPR8MnWhc0fgsaFr1ja8FnQhc0vV+PCJ8zUXjUv3dpWfexi9oDO"
        + "VZ6vn8o60jZgBgAA";

    private const string Packed =
        "H4sIAAAAAAACAwvwZmYRYWBg4ABiRQZL58XfnwBZMxgZGLgZRBjKUpNL8ouK9fIKKhkZBMDCIPAEQjHMPbUwmylR5tjH+bkzerrzq2Vjbhw4KH"
        + "BwM0/3YaWMS8nzJNpO3ZVo4hAXExNrkRTjYTt8qOlggkDN4aaDBQcTDCSAwjzcba217+NvMM//YGOjb77UaaPQZPaXL3e9vl9ltbZk2cRL0y71"
        + "bit/b7k26/bq3Rfr3t75qbf7fomVnm3lxE1Xns5c+uvV/s7uG24ujgnTlBhVhFS92xtv/ElY3MbA3GPY6thhyzdhzglOIYtWJ6HnO5p6bbo0Fr"
        + "epWb1QOqA870MPY1vFUY5knw9t5T6Gh2W4JWoSWk2dcjYc5auuecR93+IBu/ufZ/8YAlACaNnlV7ZJQNYKBkgAFZamFmWmwgNoBTRgkqD07Dfi"
        + "r6QFTp4IOBawdt6kqDkxS/KWLsibnLZo3eIF86bFhwRNmSE+P37KJC6hcu8zmn6sXeLpKmJLmH5KuVlxLZtlxbWVK4VZj42tnZmHh8vhDMMR9m"
        + "/GBiYMhswczQ22E/iPsL9hDPBmZBJhxhWDCNAAjjqk+ETXiOozZI2KQK1I/gzwZmUDSTABYRGQPgA2GQBy/9ZeSAIAAA==";

    private static byte[] Unpacked(string packed)
    {
        using var stream = new GZipStream(
            new MemoryStream(Convert.FromBase64String(packed)),
            CompressionMode.Decompress
        );
        using var plain = new MemoryStream();
        stream.CopyTo(plain);
        return plain.ToArray();
    }
}
