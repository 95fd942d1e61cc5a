using System.IO.Compression;

namespace VectorQuantization.Tests.Formats;

/// <summary>Small files that h5py 3.7 (libhdf5 1.10) and numpy 1.24 have written, packed.</summary>
/// <remarks>
/// x = (arange(70).reshape(14, 5) * 0.5 - 3).astype("f4"). HDF5: attributes type, distance ("angular"), dimension, point_type (a text
/// of fixed length); train = x, contiguous; test = x[:7] in chunks of 3 × 2, shuffled, deflated, with checksums; neighbors =
/// arange(14).reshape(7, 2) + 2**24 as i4 in chunks; distances = arange(14).reshape(7, 2) / 8 as f8; g/half = x.astype("f2") in
/// chunks of 1 × 1; bytes = arange(6).reshape(3, 2) as u1 in one chunk; scalar = 5. Old: libver="earliest"; New: libver="latest". Npz: savez
/// and savez_compressed of vectors = x, queries = x[:2]. Parquet, by arrow-rs (parquet-wasm 0.8): docid, title (texts) and emb (list of
/// floats) = x, snappy, row groups of 6 rows; the same with doubles, gzip, row groups of 5; row 7 one number short and row 8 one long.
/// </remarks>
internal static class SampleFiles
{
    public static byte[] OldHdf5 => Unpacked(Old);
    public static byte[] NewHdf5 => Unpacked(New);
    public static byte[] Npz => Unpacked(Plain);
    public static byte[] PackedNpz => Unpacked(Packed);

    public static byte[] FloatParquet => Unpacked(Floats);
    public static byte[] DoubleParquet => Unpacked(Doubles);
    public static byte[] RaggedParquet => Unpacked(Ragged);

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

    private const string Floats =
        "H4sIAAAAAAACA72WX2hTVxzHz/2TtNWrxjTnmDsuIwO9RMi6JLWuddnmiV1rXXRtiLUdQq021LL0z5KuKbiHPhQpIkOGDCkyfPDBbT70wQcRt5"
        + "XhZAw3fChDpIiMMkY3tiJD9iBj33P/pFVv1W2wSz7n3N89v/P7nd/3nntIO88mqEqnZNqXoRolQUImpRxaMlga7C0eGe4ZS9YlevqGj/TEs4yQ"
        + "hGiSoqkXzTbRNFBCGX0uhvkB6qd+QtZGZUTQJEWZui4jfJo2ZjAior8QrcJQbmC0kI/E9bWxxLKZRJwQDa+Is2azHUdWNtcgzJKEX4amrEDjXY"
        + "TsnCUkAgiY/ZKQCUAkVZKWul6HBWYB2QkvsBMcAhPgFDgHZsAsuAnugiVAOCHVIADCIAKiIA4aORa5h+6LYRXOIrec8mFOzZ1jv78qVptSfDWR"
        + "KX6iKfrJ19PH4t+2ffZ54y/fvUKw/pMyPeqqfHwVlbcLRV8WTSMatal2XxdRE/HOTdD+f9T5/rLOS2VIh9J3g3bQBQ6Bo2AEjIMJMAmmwElwCp"
        + "wGZ8BZcA6cBxfARTADLoHL4CqYBdfAN+AGuAnm/ovUB+lrGXSigLqDtV5CJ5K1WYhajyRBymJwdpLURERsbCJFSBqjcTcQy62QdPk28ZQI7TSX"
        + "gd4iQvQsIbdQ2jy4CxbAz+BXsAT+AH+CB6L0OpqMYZ4Tc1OXgpi+O4oIHVJUXyCZGzuDez0o6+Hg41+r18MGKuuMbDWJZk+rcveHe5d8xEEV35"
        + "jVYeOLId3U4nqL0N52qH1cV8/MTf8mM7e6uWfOnPR8Wu9GVldJnXjEQRUvyeoeuKnVgJU6RHSDnZBoCp+nzm5JwpyW6Q7LzAlrQaUjTLwVg932"
        + "O37zlt9i1Uq/K2sqfpMabbQGMsKaWudYhrBm1tOccMMyCru13mJxuNxTOnI0P9iLPUG1LXLYhxoH+raQjCHcrCejoirnSYMcVvKDh6lM/ZmUsN"
        + "WwWhgojVKZ0Go4V+UL+cH80Chhhp7SUyYxqKY3EH9AdyJTmWnsjsy+kMwTklltbCdRj33ltQE3biR6DPs4IHLhC0KXgmbWKybsbog+zyY30CHy"
        + "UE5r7VbO0xL7QDKnZfO6JJK626Ty+jzD55zof4Wowe5toGkrerUdvVEoYVXvVo1EKfZAZhOKuaCac7Jh73R72zMSXWF5pdu6vCUJm6aUsUsBpG"
        + "S/+ZlmVrMbvhBe5Gqa/iizryTztt+c83mL2uT5cXmWPe+qOkOh6v0AHXmyqotV5kdV/1zV7ylU/Wnjs6p6XDGvrDHPVxv2V2x/0raqrvVUVReF"
        + "qheCQtV7QtU5H/vBF5JXk1VlFyX2oWROauana0WBXueB59HhWXjGOhQIm2AofDFIi96yqux9NimZU+vMq9oKVRNPVtVwgp8Vwedrn0HVELsqsW"
        + "uSObPenF1n2AeUfVrZqrqWt6qVM4ywywyqfhwSqi4oTIVW7LYSwvFnhDWezb51YId9yISX5JfEVS6nOecd3L7e5LzMd/XzPeIRes7TzkgHbM7b"
        + "uP3I7XHtBbvK4q7PdhQjJRG61bLLToA39nbavWi6raYdTuOct/SLSdt4c9ke3OWsx5qfrsxvbnXu0v0if7foeSWl69raWXr7QKJweKjDTt3aOd"
        + "rd39wt1tPy8Hpamrl7NbeJ8bSIszs70tc6XnBWul8U2dzP250kbU7R1vor8zv2d1RCwS/tFGnFa82OdScL7wibhPWR3uK77+VHXyyWImP5Ymlg"
        + "eCjS0FRXXxfXUzjS7R8J+sW/sWzibzOxJiDBCwAA";

    private const string Doubles =
        "H4sIAAAAAAACA7VXe0xTVxg/vbTlrgPXAufYmzQT57ipBpTyUFiqckvXClblMWDMbbS09Q4thbUMXLLhiwx8TJlBh8KMJihuGqNzf+hcGKibov"
        + "iMZoyYjflclOyh27LMyXbuoy3IVdFsJ9Bzvu985/v9zu875xRymDwDlMNLMui1QRUEUQCMW00Cvv0TXWq3H084PSc++/S6Kcnnk9fM6563dpr6"
        + "ML2woeACuWunoTA3GvS0nNJ7cTQEEMEZ8TiJGiqhcmgeJ87TX+pa8FOlE4DMO99kPM3Fy6EJZttw7HBQJ2u3k93x3VkFifb65EiNbQKIu1LbO1"
        + "6AiIHGh0GUFjrkYAl8vkAlIDSGwU9kNph0H0Zqj2FMRk6M+VyRvnabWqPRdFl602fvk1+bojhWPtfQbTZuvxKnUt4ZfPvXq98f7NtEtcykN+5+"
        + "eb/j5Nrp4Wtb0/zfeie1+x3HBU7ZsCoeQ4zk5Macvii6t+WDlcuWdTVs2pC/7ci+k3nOa+eKLyrbjUU/b7DjBsBA7Kq6OIHv49QB4jq8V3BBt2"
        + "unojB3Npjquz7/f6pDKa6D2pYJqATztCeuw0aJOiQcO6ZZkQHkXacU6+puDNbtODuROdO+aP2Si783bo6cXz2QXnm1vmRu68HKd+8ZWtjqM7ot"
        + "6dPz3znoNbkv3Prv1T8ggwttkLxf/QVS6qeov57kaXitlzy01wD+uHvR+OoQYcgHCGN3ldYeBmB3vqZNNTrpXfXJ76ttYSDh84/6xo8OodABwO"
        + "W6WxUiQicBa21QP0L57siliaBzr+2rSHeKxRp7w7m9Y8fdG4797Gp2F9vCHmLr2Xb2Q/bIuruKproWx1YBfAZcEI+TjQR3YDG/LDp15mhn59au"
        + "nhN7zv7Q6/543+0fdy9ckd8aEQFkt7td43AkFUVQ2qhyf7nD56woqU6abChxVThLEqWcKZCgEJhIA5WwLPylsiqPOzYxOEq6L0BkQ3YGh89l8C"
        + "EUrdJTFmwnPYhAqpQz/QkJTMgIDJemShOIHoFlSJT0JgcQyEdRIIdRmBqiMDNAgYzlKegBpUNNMmhHuBzoMxln9hHwdd60cNZyBb6uiKuWDrWF"
        + "Dwu8SQ4NHFSFAlsjxZlmPrB/jGim8fnVsIEPxFQ8syIcPl9FTYnf+Ya73IEPEoyII7QKvN8yVxyw6bgw3lPF7VD0pBLaMHd5KSSg0mbkbLlW7i"
        + "nzV0ECQBUODnd73OVubxVAOspIGWmggxFUKlCqKTEzlCMV+pRAAzK6SUaTuqlAL3HkpM6mRgOoeHz41RyWHA8IYMRy8GUHaGAsfBZd1kAvGIbJ"
        + "c+cxm2ToqIzuI+jfZBxooG7BUkqmt4jZV2mhDp2NgiY+u0rInsYpwe8+sGsMlIRa5aifoJcr6ANhutAFCN0KBPQSXin4iaHjCtAOLdSi9dEwD6"
        + "DL4UhFk6hRGYMr+3CN28LpZqW0yOlS9+/hIndoschXox8l8k2SriMfX+RLnMjnY0Yrcg9BD6ro40/pQpc8dPODIg/zPlLkPzmRm2BQ5GYl+lsR"
        + "QzxIZRKtIdB1Gd0aSTdFcBuWejokXxlJIZpl/AMCUCOFdb4OoU9aZ1LUuX8M/Vfk6HVOE7PvobDOvWgUOutRRxhqI+g+Nd3xjC70koWet5DOQ7"
        + "3SOgcfPoBOUFjnzWM5nb9TIhKrh04rYuT4jdJGMHl584peEF4l7S/EFK7V1JgYhsllhDabYWqYTJbJ5ly4ZxiTOJOLbYbJYgRXoMdtDv7NrOFG"
        + "LiGQm/Fzqa28XSMmeHFOodBzH8X8Rw4OWswwFpZblMKYa4TJTJEPv94UXG+2iiMTy+EXc73QxJ4PtRb6XykyeEq9uQK0tbCqmDUXc3wsw/lYzE"
        + "ygmbO4eROHOiuv0mVd7BGZFnCbNLNMjkgpS9w0zz+4PrcgN5gKx5nETfL5rHnVxUmeRZwNtFSlw/fmW+6qBJ8/ttrt85dVeGNT0ycnT06kjPg7"
        + "QPgBmfgvjxz8f8u/JaAK+bwMAAA=";

    private const string Ragged =
        "H4sIAAAAAAACA21UzU9TQRDft339iNakgLu+Z14MfvACScW2fAimKlueLdWitOHDGhMCtCnEFrCtlIQL8dQDJ+KBkzEe+BuIicZD/wGMR6L8B3"
        + "Dm5My+1wraTXd2Z2fmN7+Zad6UyISZyk5VdqCkmMFIJyEHdBokKVVKC+WltfmNSH94Pre2NB/KcELCKCIoBlAMohhCMYziPooREOpo1/MjooZD"
        + "s9cgBkUExQAjrJvdCUKmAPMwDyGBKIVchqK6A5Hpjb0vRwToxNhICsxI5mavF+zTK9VivjukXw6G/6oRANOYcQ7MH7TBqPtOclcFoBAbTDG/BN"
        + "JeE7L9GMxj8IO9DfsT7O9jAJNjy0G2ozRxIo1L4Nj1a+vka+331slDF2g7isvVVY9btz93HNaXrcFb1zuuHL5sqVTvpLrW+X/T2j2OMqpz0mcS"
        + "g8gwb7O+5i3yj4OK3OUBdNGkm8a6Hpe0iG7wY4XFofM631ZRPaPskVQb0lpXoTbQCYQWJ/wL5fJabb6ytJwvLUC1zN9DNTfQWsn1kJSBbvKlik"
        + "yclyGqufKlRUaZJxVFXdXU4kqlyihhPnD25ov5Un61SrihG3oUeDO/PkQ8Ad1BZpQb/Iebf6TmsWL6jGHS26Yt7frX0UH0IIwogLlUuFAShTJl"
        + "bwive9kN/sHNVsmFnJK7zLmn8F3FPKPmPsWkzf62Wt4WvqE48PsI/97DYhLeZ8OPYCtk+c2yIRM0+KfCjxSzrpoHLsMelT03TnrPae0S9p2bJu"
        + "ENL9N4w8Mswr/5uGH6+I77KkzT0Pwik3kx98AenXZK7+Gq1WJCiLSw1zMhamK8IJ7iE5xCxBxLGnQhksJ+ap6wJmGP1/CWsx3RUkHohNRrDsCT"
        + "yVn7RJGVYgqcNoWIFzBoUFg12zju8JHxsVa8lXBusQLmz+IpWimbronZyqu5cHFxNW2nTsxWswUri3ziF/nELdFcVhLtMcSZyKznEptFh+kMFm"
        + "kVxJSTJOkULfm34tMz6RYU+MWcIiVeIrORjRTfoE40fX2h/PZdvnq3XOneyJcrK2ur3UOj/QP9IT0Kfxj7R5bhgzEFX9Y/8H/7zF4FAAA=";

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
