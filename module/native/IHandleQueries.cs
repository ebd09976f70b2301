// Knows what can be asked about a handle of another process. One implementation asks Windows (HandleQueries.cs); tests bring
// another, as blocked files, refusals and the like cannot be had at will.
namespace PortExhaustion.Native
{
    using System;

    /// <summary>
    /// Belongs to one thread, except Close, which any may call. All calls give an NTSTATUS; data is null unless the call succeeded. Dispose frees what a call that
    /// never returns goes on using, so it is for the owning thread alone.
    /// </summary>
    public interface IHandleQueries : IDisposable
    {
        /// <summary>With access 0, or with the access that the owner has.</summary>
        uint Duplicate(IntPtr process, ulong handle, bool sameAccess, out IntPtr duplicate);

        /// <summary>Name of the type of object, as File.</summary>
        uint TypeName(IntPtr duplicate, out string name);

        /// <summary>Handles to the object in the whole system, this duplicate included.</summary>
        uint HandleCount(IntPtr duplicate, out uint count);

        /// <summary>FileVolumeNameInformation: the name of the device, UTF-16.</summary>
        uint DeviceName(IntPtr duplicate, out byte[] name);

        /// <summary>FileFsDeviceInformation: FILE_DEVICE_*.</summary>
        uint DeviceType(IntPtr duplicate, out uint type);

        /// <summary>Device control without input. Where only a part fits, the status says so and the part is given.</summary>
        uint Control(IntPtr duplicate, uint code, out byte[] output);

        void Close(IntPtr duplicate);
    }

    /// <summary>Opening a process, and when it was created.</summary>
    public interface IProcessQueries
    {
        /// <summary>0, or the Win32 error. `created` is a FILETIME, 0 where it is not known.</summary>
        int Open(uint processId, out IntPtr process, out long created);

        void Close(IntPtr process);
    }
}
